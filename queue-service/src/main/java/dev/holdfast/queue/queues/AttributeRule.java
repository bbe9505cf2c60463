package dev.holdfast.queue.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;

/** What values an attribute takes, and the one spelling in which they are kept. */
@FunctionalInterface
interface AttributeRule {
    ObjectMapper JSON = new ObjectMapper();

    /**
     * @throws dev.holdfast.queue.api.SqsException InvalidAttributeValue
     */
    String normalize(QueueAttribute attribute, String value);

    static AttributeRule any() {
        return (attribute, value) -> value;
    }

    static AttributeRule range(int min, int max) {
        return (attribute, value) -> {
            int number;
            try {
                number = Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw attribute.invalid("Must be an integer from " + min + " to " + max + ".");
            }
            if (number < min || number > max) {
                throw attribute.invalid("Must be an integer from " + min + " to " + max + ".");
            }
            return Integer.toString(number);
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
            try {
                JsonNode tree = JSON.readTree(value);
                if (tree == null || !tree.isObject()) {
                    throw attribute.invalid("Must be a JSON object.");
                }
                return tree.isEmpty() ? "" : tree.toString();
            } catch (JsonProcessingException e) {
                throw attribute.invalid("Must be a JSON object.");
            }
        };
    }

    /** A redrive policy in the one form in which it is shown: its count is a number, whatever it was sent as. */
    static AttributeRule redrivePolicy() {
        return (attribute, value) -> {
            String json = jsonObject().normalize(attribute, value);
            return json.isEmpty() ? json : RedrivePolicy.parse(json).toJson();
        };
    }
}
