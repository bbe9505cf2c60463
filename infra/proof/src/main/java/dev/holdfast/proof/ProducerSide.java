package dev.holdfast.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * What the producer says (infra/contract/producer-status.schema.json).
 *
 * @param acknowledged messages that the queue has acknowledged
 * @param through every sequence up to this one is acknowledged
 * @param outbox messages generated and not acknowledged yet
 */
public record ProducerSide(String producerId, long acknowledged, long through, long outbox) {

    /** Reads the answer of {@code GET /api/status}. */
    public static ProducerSide of(JsonNode status) throws IOException {
        if (!status.path("producerId").isTextual()
                || !status.path("acknowledged").isIntegralNumber()
                || !status.path("acknowledgedThrough").isIntegralNumber()
                || !status.path("outbox").isIntegralNumber()) {
            throw new IOException("the producer's status lacks what the proof needs");
        }
        return new ProducerSide(
                status.path("producerId").textValue(),
                status.path("acknowledged").longValue(),
                status.path("acknowledgedThrough").longValue(),
                status.path("outbox").longValue());
    }
}
