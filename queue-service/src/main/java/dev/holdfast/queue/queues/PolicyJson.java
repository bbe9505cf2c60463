package dev.holdfast.queue.queues;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The JSON objects that are values of attributes. Members that are null are left out: tools write what they do not set. */
final class PolicyJson {
    private static final int MAX_DEPTH = 16;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private PolicyJson() {}

    /** Null when it is not one JSON object. */
    static @Nullable ObjectNode read(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            if (tree instanceof ObjectNode object) {
                object.properties().removeIf(member -> member.getValue().isNull());
                return object;
            }
        } catch (JsonProcessingException e) {
            // Not JSON.
        }
        return null;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }
}
