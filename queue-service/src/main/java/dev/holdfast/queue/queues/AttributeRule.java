package dev.holdfast.queue.queues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.queue.api.WholeNumber;
import dev.holdfast.queue.policy.Policy;
import java.util.List;
import java.util.Locale;

/** What values an attribute takes, and the one spelling in which they are kept. */
@FunctionalInterface
interface AttributeRule {
    /**
     * @throws dev.holdfast.queue.api.SqsException InvalidAttributeValue
     */
    String normalize(QueueAttribute attribute, String value);

    static AttributeRule any() {
        return (attribute, value) -> value;
    }

    static AttributeRule range(int min, int max) {
        return (attribute, value) -> {
            long number = WholeNumber.parse(value).orElse(Long.MIN_VALUE);
            if (number < min || number > max) {
                throw attribute.invalid("Must be an integer from " + min + " to " + max + ".");
            }
            return Long.toString(number);
        };
    }

    static AttributeRule bool() {
        return (attribute, value) -> {
            String lower = value.toLowerCase(Locale.ROOT);
            if (!lower.equals("true") && !lower.equals("false")) {
                throw attribute.invalid("Must be true or false.");
            }
            return lower;
        };
    }

    static AttributeRule oneOf(String... values) {
        List<String> allowed = List.of(values);
        return (attribute, value) -> {
            if (!allowed.contains(value)) {
                throw attribute.invalid("Must be one of " + String.join(", ", allowed) + ".");
            }
            return value;
        };
    }

    /** A JSON object, or nothing at all, which removes the attribute. */
    static AttributeRule jsonObject() {
        return (attribute, value) -> {
            if (value.isBlank()) {
                return "";
            }
            ObjectNode tree = PolicyJson.read(value);
            if (tree == null) {
                throw attribute.invalid("Must be a JSON object.");
            }
            return tree.isEmpty() ? "" : tree.toString();
        };
    }

    /** A redrive allow policy; a list of sources that says nothing, because others are allowed or none, is left out. */
    static AttributeRule redriveAllowPolicy() {
        return (attribute, value) -> {
            String json = jsonObject().normalize(attribute, value);
            return json.isEmpty() ? json : RedriveAllowPolicy.normalize(json);
        };
    }

    /** A policy that can be evaluated whole. */
    static AttributeRule policy() {
        return (attribute, value) -> {
            String json = jsonObject().normalize(attribute, value);
            if (!json.isEmpty()) {
                Policy.parse(json);
            }
            return json;
        };
    }

    /** A redrive policy in the one form in which it is shown: its count is a number, whatever it was sent as. */
    static AttributeRule redrivePolicy() {
        return (attribute, value) -> {
            String json = jsonObject().normalize(attribute, value);
            return json.isEmpty() ? json : RedrivePolicy.parse(value).toJson();
        };
    }
}
