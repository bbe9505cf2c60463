package dev.holdfast.queue.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The JSON of a policy, with sentences about what is wrong in it. */
final class PolicyDocument {
    private static final int MAX_DEPTH = 16;

    static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private PolicyDocument() {}

    static JsonNode read(String document) {
        try {
            JsonNode root = JSON.readTree(document);
            if (root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw invalid("It is not valid JSON.");
        }
        throw invalid("It must be one JSON object.");
    }

    static List<JsonNode> statements(JsonNode root) {
        JsonNode given = root.path("Statement");
        List<JsonNode> statements = new ArrayList<>();
        if (given.isObject()) {
            statements.add(given);
        } else {
            given.forEach(statements::add);
        }
        if (statements.isEmpty()) {
            throw invalid("Statement must hold at least one statement.");
        }
        for (JsonNode statement : statements) {
            if (!statement.isObject()) {
                throw invalid("Each Statement must be an object.");
            }
        }
        return statements;
    }

    static void requireKnown(JsonNode object, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw invalid("The element " + name + " is not supported by this server.");
            }
        });
    }

    /** The member's one text or list of texts; at least one. Booleans count as texts, for the operator Bool. */
    static List<String> texts(JsonNode object, String name) {
        JsonNode given = object.path(name);
        List<String> texts = new ArrayList<>();
        for (JsonNode one : given.isArray() ? given : List.of(given)) {
            if (!one.isTextual() && !one.isBoolean()) {
                throw invalid(name + " must be a string or a list of strings.");
            }
            texts.add(one.asText());
        }
        if (texts.isEmpty()) {
            throw invalid(name + " must not be empty.");
        }
        return texts;
    }

    static SqsException invalid(String reason) {
        return SqsError.INVALID_ATTRIBUTE_VALUE.because("Invalid value for the parameter Policy. Reason: " + reason);
    }
}
