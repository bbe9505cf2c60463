package dev.holdfast.queue.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.queue.api.SqsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One statement of a policy: to whom, for what, on which queue, under which conditions. */
record Statement(
        boolean denies,
        List<String> accounts,
        List<String> actions,
        List<String> resources,
        List<Condition> conditions) {
    private static final String EVERYBODY = "*";
    private static final Set<String> ELEMENTS = Set.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition");
    private static final Set<String> KINDS_OF_PRINCIPAL = Set.of("AWS", "Service", "Federated", "CanonicalUser");

    static Statement parse(JsonNode statement, PolicyVersion version) {
        PolicyDocument.requireKnown(statement, ELEMENTS);
        String effect = statement.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw PolicyDocument.invalid("Effect must be Allow or Deny.");
        }
        List<String> actions = PolicyDocument.texts(statement, "Action");
        actions.forEach(Statement::requireAction);
        List<String> resources = PolicyDocument.texts(statement, "Resource");
        resources.forEach(version::requireNoVariable);
        return new Statement(
                effect.equals("Deny"),
                accounts(statement.path("Principal")),
                actions,
                resources,
                Condition.parse(statement.path("Condition"), version));
    }

    /** A pattern that no action matches would be a rule without effect. */
    private static void requireAction(String pattern) {
        boolean known = Policy.ACTIONS.stream().anyMatch(action -> matches(pattern, action));
        if (!known) {
            throw PolicyDocument.invalid("Action " + pattern + " is not an action of SQS, such as SQS:SendMessage.");
        }
    }

    private static boolean matches(String pattern, String action) {
        return Wildcard.matches(pattern.toLowerCase(Locale.ROOT), "sqs:" + action.toLowerCase(Locale.ROOT));
    }

    /** Accounts, or "*". Services, users and roles fall out: nobody calls this server as one of them. */
    private static List<String> accounts(JsonNode principal) {
        if (principal.isTextual() && principal.asText().equals(EVERYBODY)) {
            return List.of(EVERYBODY);
        }
        if (!principal.isObject() || principal.isEmpty()) {
            throw PolicyDocument.invalid("Principal must be \"*\" or an object such as {\"AWS\": \"111122223333\"}.");
        }
        PolicyDocument.requireKnown(principal, KINDS_OF_PRINCIPAL);
        List<String> accounts = new ArrayList<>();
        if (principal.has("AWS")) {
            for (String named : PolicyDocument.texts(principal, "AWS")) {
                boolean everybodyOrAccount = named.equals(EVERYBODY) || named.matches("\\d{12}");
                if (everybodyOrAccount) {
                    accounts.add(named);
                } else if (named.matches("arn:aws[a-z-]*:iam::\\d{12}:root")) {
                    accounts.add(named.split(":", -1)[4]);
                } else if (!named.matches("arn:aws[a-z-]*:(iam|sts)::\\d{12}:.+")) {
                    throw PolicyDocument.invalid("Principal " + named + " is neither an account nor an ARN of IAM.");
                }
            }
        }
        return accounts;
    }

    boolean appliesTo(Policy.Question question) {
        return (accounts.contains(EVERYBODY) || accounts.contains(question.account()))
                && actions.stream().anyMatch(pattern -> isAbout(pattern, question))
                && resources.stream().anyMatch(pattern -> Wildcard.matches(pattern, question.queueArn()))
                && conditions.stream().allMatch(condition -> condition.holds(question));
    }

    /** A batch is granted by its single action alone, and denied by either name. */
    private boolean isAbout(String pattern, Policy.Question question) {
        return matches(pattern, question.singleAction()) || (denies && matches(pattern, question.action()));
    }

    static String rootArn(String account) {
        return "arn:aws:iam::" + account + ":root";
    }

    /** @throws dev.holdfast.queue.api.SqsException InvalidParameterValue for what is not twelve digits */
    static void requireAccount(String account) {
        if (!account.matches("\\d{12}")) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "Value " + account + " for parameter PrincipalId is invalid. Reason: Unable to verify.");
        }
    }
}
