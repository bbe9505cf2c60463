package dev.holdfast.dashboard.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in a look.
 *
 * @param key names it for what is done with selected messages
 * @param body its beginning
 */
record MessageRow(
        String key,
        String messageId,
        String state,
        @Nullable Long changesInMillis,
        long receiveCount,
        @Nullable Instant sentAt,
        @Nullable String group,
        @Nullable String deduplicationId,
        @Nullable String sequenceNumber,
        long sizeBytes,
        String body) {
    private static final int SHORT_ID = 8;

    static MessageRow of(JsonNode message) {
        String state = message.path("state").asText();
        JsonNode changesIn = message.path("changesInMillis");
        JsonNode sentAt = message.path("sentAt");
        return new MessageRow(
                message.path("key").asText(),
                message.path("messageId").asText(),
                state.equals("inFlight") ? "in flight" : state,
                changesIn.isNumber() ? (Long) changesIn.asLong() : null,
                message.path("receiveCount").asLong(),
                sentAt.isTextual() ? Instant.parse(sentAt.asText()) : null,
                message.path("messageGroupId").textValue(),
                message.path("messageDeduplicationId").textValue(),
                message.path("sequenceNumber").textValue(),
                message.path("sizeBytes").asLong(),
                message.path("body").asText());
    }

    public String shortId() {
        return messageId.substring(0, Math.min(SHORT_ID, messageId.length()));
    }

    /** In flight is somebody's work; the rest is at rest. */
    public String tone() {
        return state.equals("in flight") ? "warn" : "";
    }

    /** Whether there is more of the body than is shown. */
    public boolean isCut() {
        return sizeBytes > body.length() && body.length() >= LookQuery.SHOWN_CHARS;
    }
}
