package dev.holdfast.queue.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A second evaluator of policies: slow, on the JSON itself, sentence by sentence as the User Guide of IAM has them ("Policy evaluation
 * logic", "Condition operators") and the Developer Guide of SQS ("Amazon SQS API permissions").
 */
final class LiteralPolicy {
    private static final List<String> NEVER_GRANTED = List.of(
            "AddPermission CancelMessageMoveTask CreateQueue DeleteQueue ListMessageMoveTasks ListQueues ListQueueTags RemovePermission SetQueueAttributes StartMessageMoveTask TagQueue UntagQueue"
                    .split(" ", -1));

    private final JsonNode document;

    LiteralPolicy(String json) {
        try {
            document = new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean allows(Policy.Question question) {
        boolean owner = question.account().equals(question.owner());
        // "By default, all requests are denied"; the owner's account has access to what it owns.
        String decision = owner ? "Allow" : "implicit deny";
        for (JsonNode statement : document.get("Statement")) {
            if (applies(statement, question)) {
                String effect = statement.get("Effect").asText();
                // "An explicit deny in any policy overrides any allows."
                if (effect.equals("Deny")) {
                    boolean mending = owner
                            && List.of("SetQueueAttributes", "RemovePermission").contains(question.action());
                    if (!mending) {
                        decision = "explicit deny";
                    }
                } else if (decision.equals("implicit deny") && !NEVER_GRANTED.contains(question.action())) {
                    decision = "Allow";
                }
            }
        }
        return decision.equals("Allow");
    }

    private static boolean applies(JsonNode statement, Policy.Question question) {
        boolean denies = statement.get("Effect").asText().equals("Deny");
        return principal(statement.get("Principal"), question.account())
                && action(statement.get("Action"), question.action(), denies)
                && any(list(statement.get("Resource")), text -> glob(text, question.queueArn(), 0))
                && conditions(statement.get("Condition"), context(question));
    }

    private static boolean principal(JsonNode principal, String account) {
        if (principal.isTextual()) {
            return principal.asText().equals("*");
        }
        return any(
                list(principal.get("AWS")),
                named -> named.equals("*")
                        || named.equals(account)
                        || named.equals("arn:aws:iam::" + account + ":root"));
    }

    private static boolean action(JsonNode actions, String asked, boolean denies) {
        String single = asked.replaceFirst("Batch$", "");
        return any(
                list(actions),
                pattern -> glob(pattern, "sqs:" + single, Pattern.CASE_INSENSITIVE)
                        || (denies && glob(pattern, "sqs:" + asked, Pattern.CASE_INSENSITIVE)));
    }

    /** The keys of the request; "context key names are not case-sensitive". */
    private static Map<String, String> context(Policy.Question question) {
        Map<String, String> context = new HashMap<>();
        context.put("aws:sourceip", question.transport().source().getHostAddress());
        context.put("aws:securetransport", question.transport().secure() ? "true" : "false");
        if (!question.account().equals("anonymous")) {
            context.put("aws:principalaccount", question.account());
            context.put("aws:principalarn", "arn:aws:iam::" + question.account() + ":root");
        }
        return context;
    }

    /** "If your policy has multiple condition operators or multiple keys, they are evaluated using a logical AND." */
    private static boolean conditions(@Nullable JsonNode block, Map<String, String> context) {
        if (block == null) {
            return true;
        }
        for (Map.Entry<String, JsonNode> operator : block.properties()) {
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                String actual = context.get(key.getKey().toLowerCase(Locale.ROOT));
                if (!condition(operator.getKey(), actual, list(key.getValue()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean condition(String operator, @Nullable String actual, List<String> values) {
        // "Null: true (the key doesn't exist — it is null) or false (the key exists and its value is not null)"
        if (operator.equals("Null")) {
            return values.contains(actual == null ? "true" : "false");
        }
        // "If the key is present, process the key as specified. If the key is not present, evaluate the element as
        // true."
        if (operator.endsWith("IfExists")) {
            return actual == null || condition(operator.replaceFirst("IfExists$", ""), actual, values);
        }
        // "If the key is not present, the values do not match and the condition is false; of a negated operator it is
        // true."
        if (operator.contains("Not")) {
            return actual == null || !condition(operator.replace("Not", ""), actual, values);
        }
        // "multiple values are evaluated using a logical OR"
        return actual != null && any(values, value -> one(operator, value, actual));
    }

    private static boolean one(String operator, String value, String actual) {
        return switch (operator) {
            case "StringEquals" -> value.equals(actual);
            case "StringEqualsIgnoreCase", "Bool" -> value.equalsIgnoreCase(actual);
            case "StringLike" -> glob(value, actual, 0);
            case "ArnEquals", "ArnLike" -> arn(value, actual);
            case "IpAddress" -> within(value, actual);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    /** "Each of the six colon-delimited components of the ARN is checked separately." */
    private static boolean arn(String value, String actual) {
        String[] wanted = value.split(":", 6);
        String[] given = actual.split(":", 6);
        boolean all = wanted.length == given.length;
        for (int i = 0; all && i < wanted.length; i++) {
            all = glob(wanted[i], given[i], 0);
        }
        return all;
    }

    private static boolean within(String range, String address) {
        try {
            String[] parts = range.split("/", -1);
            byte[] network = InetAddress.getByName(parts[0]).getAddress();
            byte[] host = InetAddress.getByName(address).getAddress();
            int bits = parts.length > 1 ? Integer.parseInt(parts[1]) : network.length * 8;
            int rest = network.length * 8 - bits;
            return network.length == host.length
                    && new BigInteger(1, network).shiftRight(rest).equals(new BigInteger(1, host).shiftRight(rest));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(range + " " + address, e);
        }
    }

    /** "* represents any combination of characters, ? any single one." */
    private static boolean glob(String pattern, String text, int flags) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            expression.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return Pattern.compile(expression.toString(), flags | Pattern.DOTALL)
                .matcher(text)
                .matches();
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(one -> texts.add(one.isTextual() ? one.asText() : one.toString()));
        return texts;
    }

    private static List<String> list(@Nullable JsonNode node) {
        if (node == null) {
            return List.of();
        }
        return node.isArray() ? texts(node) : List.of(node.asText());
    }

    private static boolean any(List<String> texts, Predicate<String> test) {
        return texts.stream().anyMatch(test);
    }
}
