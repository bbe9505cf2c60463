package dev.holdfast.queue.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One line of a statement's Condition: an operator, a key of the request, and the values it may have. */
record Condition(ConditionOperator operator, boolean ifExists, ConditionKey key, List<String> values) {
    private static final String IF_EXISTS = "IfExists";

    /** @throws dev.holdfast.queue.api.SqsException InvalidAttributeValue naming what is not evaluated */
    static List<Condition> parse(JsonNode conditions, PolicyVersion version) {
        if (conditions.isMissingNode()) {
            return List.of();
        }
        if (!conditions.isObject()) {
            throw PolicyDocument.invalid("Condition must be an object.");
        }
        List<Condition> parsed = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : conditions.properties()) {
            if (!entry.getValue().isObject() || entry.getValue().isEmpty()) {
                throw PolicyDocument.invalid(
                        "Condition " + entry.getKey() + " must be an object with at least one condition key.");
            }
            for (String key : (Iterable<String>) entry.getValue()::fieldNames) {
                parsed.add(of(entry.getKey(), key, PolicyDocument.texts(entry.getValue(), key), version));
            }
        }
        return parsed;
    }

    private static Condition of(String operatorName, String keyName, List<String> values, PolicyVersion version) {
        boolean ifExists = operatorName.endsWith(IF_EXISTS);
        ConditionOperator operator = ConditionOperator.named(
                ifExists ? operatorName.substring(0, operatorName.length() - IF_EXISTS.length()) : operatorName);
        if (ifExists && operator == ConditionOperator.NULL) {
            throw PolicyDocument.invalid(
                    "The condition operator " + operatorName + " is not supported by this server.");
        }
        ConditionKey key = ConditionKey.named(keyName);
        values.forEach(value -> {
            version.requireNoVariable(value);
            operator.requireComparable(key, value);
        });
        return new Condition(operator, ifExists, key, values);
    }

    /** A key that the request does not have satisfies only "not" and "if exists", as in IAM. */
    boolean holds(Policy.Question question) {
        String actual = key.valueIn(question);
        if (operator == ConditionOperator.NULL) {
            return values.stream().anyMatch(Boolean.toString(actual == null)::equalsIgnoreCase);
        }
        if (actual == null) {
            return ifExists || operator.isNegated();
        }
        return values.stream().anyMatch(wanted -> operator.matches(wanted, actual)) != operator.isNegated();
    }
}
