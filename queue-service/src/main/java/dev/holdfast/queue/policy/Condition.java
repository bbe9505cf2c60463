package dev.holdfast.queue.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One line of a statement's Condition: an operator, a key of the request, and the values it may have. */
record Condition(Operator operator, boolean ifExists, String key, List<String> values) {
    private static final String IF_EXISTS = "IfExists";

    enum Operator {
        STRING_EQUALS("StringEquals", false),
        STRING_NOT_EQUALS("StringNotEquals", true),
        STRING_LIKE("StringLike", false),
        STRING_NOT_LIKE("StringNotLike", true),
        ARN_EQUALS("ArnEquals", false),
        ARN_NOT_EQUALS("ArnNotEquals", true),
        ARN_LIKE("ArnLike", false),
        ARN_NOT_LIKE("ArnNotLike", true),
        BOOL("Bool", false);

        private final String wireName;
        private final boolean negated;

        Operator(String wireName, boolean negated) {
            this.wireName = wireName;
            this.negated = negated;
        }

        private boolean matches(String wanted, String actual) {
            return switch (this) {
                case STRING_EQUALS, STRING_NOT_EQUALS -> wanted.equals(actual);
                case BOOL -> wanted.equalsIgnoreCase(actual);
                // ArnEquals takes wildcards like ArnLike; IAM makes no difference between them.
                case STRING_LIKE, STRING_NOT_LIKE, ARN_EQUALS, ARN_NOT_EQUALS, ARN_LIKE, ARN_NOT_LIKE ->
                    Wildcard.matches(wanted, actual);
            };
        }
    }

    /** @throws dev.holdfast.queue.api.SqsException InvalidAttributeValue for an operator that is not one of these */
    static List<Condition> parse(JsonNode conditions) {
        if (conditions.isMissingNode()) {
            return List.of();
        }
        if (!conditions.isObject()) {
            throw PolicyDocument.invalid("Condition must be an object.");
        }
        List<Condition> parsed = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : conditions.properties()) {
            String name = entry.getKey();
            boolean ifExists = name.endsWith(IF_EXISTS);
            Operator operator = operator(ifExists ? name.substring(0, name.length() - IF_EXISTS.length()) : name);
            if (!entry.getValue().isObject()) {
                throw PolicyDocument.invalid("Condition " + name + " must be an object.");
            }
            for (Map.Entry<String, JsonNode> key : entry.getValue().properties()) {
                List<String> values = PolicyDocument.texts(entry.getValue(), key.getKey());
                parsed.add(new Condition(operator, ifExists, key.getKey().toLowerCase(Locale.ROOT), values));
            }
        }
        return parsed;
    }

    private static Operator operator(String name) {
        for (Operator operator : Operator.values()) {
            if (operator.wireName.equals(name)) {
                return operator;
            }
        }
        throw PolicyDocument.invalid("The condition operator " + name + " is not supported by this server.");
    }

    /** A key that the request does not have satisfies only "not" and "if exists", as in IAM. */
    boolean holds(Map<String, String> keysOfRequest) {
        String actual = keysOfRequest.get(key);
        if (actual == null) {
            return ifExists || operator.negated;
        }
        return values.stream().anyMatch(wanted -> operator.matches(wanted, actual)) != operator.negated;
    }
}
