package dev.holdfast.consumer.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.kit.http.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The JSON object of a request, whose members are asked for by name; what is wrong with one is said with its name. */
final class Body {
    private final JsonNode json;

    private Body(JsonNode json) {
        this.json = json;
    }

    static Body of(@Nullable JsonNode json, String... known) {
        if (json == null || !json.isObject()) {
            throw Problem.of(400, "the body must be a JSON object with " + String.join(", ", known), "body");
        }
        for (String name : (Iterable<String>) json::fieldNames) {
            if (!List.of(known).contains(name)) {
                throw Problem.of(400, name + " is not known here; known are " + String.join(", ", known), name);
            }
        }
        return new Body(json);
    }

    int integer(String name, int min, int max) {
        JsonNode value = json.get(name);
        if (value == null
                || !value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < min
                || value.intValue() > max) {
            throw Problem.of(400, name + " must be an integer from " + min + " to " + max, name);
        }
        return value.intValue();
    }

    Optional<Boolean> optionalFlag(String name) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw Problem.of(400, name + " must be true or false", name);
        }
        return Optional.of(value.booleanValue());
    }

    <T> T choice(String name, Map<String, T> choices) {
        JsonNode value = json.get(name);
        T chosen = value == null || !value.isTextual() ? null : choices.get(value.textValue());
        if (chosen == null) {
            throw Problem.of(400, name + " must be one of " + String.join(", ", new TreeSet<>(choices.keySet())), name);
        }
        return chosen;
    }
}
