package dev.holdfast.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads of queue-service's operator's API (infra/contract/operator-api.md). */
@FunctionalInterface
public interface OperatorReads {
    /**
     * The document at a path below {@code /_holdfast/}; empty where the server has no such thing.
     *
     * @throws IOException when the server does not answer
     */
    Optional<JsonNode> get(String path) throws IOException;

    /** A path segment or query value. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
