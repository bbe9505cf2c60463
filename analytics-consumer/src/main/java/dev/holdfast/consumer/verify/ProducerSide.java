package dev.holdfast.consumer.verify;

import com.fasterxml.jackson.databind.JsonNode;

/** What the producer says: all up to this sequence are acknowledged, and so many wait in its outbox. */
record ProducerSide(String producerId, long acknowledgedThrough, long outbox) {
    static ProducerSide of(JsonNode status) throws UnknownException {
        if (!status.path("producerId").isTextual()
                || !status.path("acknowledgedThrough").isIntegralNumber()
                || !status.path("outbox").isIntegralNumber()) {
            throw new UnknownException("the producer's status has another form than expected");
        }
        return new ProducerSide(
                status.path("producerId").textValue(),
                status.path("acknowledgedThrough").longValue(),
                status.path("outbox").longValue());
    }
}
