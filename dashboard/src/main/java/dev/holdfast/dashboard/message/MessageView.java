package dev.holdfast.dashboard.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one message: what the queue holds of it now, and what was seen happen to it.
 *
 * @param answers whether the queue could be asked
 * @param found the queue's word on it; null when it holds no such message
 * @param seen the oldest first; empty where nobody watched
 */
record MessageView(
        String queue,
        String messageId,
        boolean answers,
        @Nullable JsonNode found,
        List<Transition> seen) {
    MessageView {
        seen = List.copyOf(seen);
    }

    /** Waiting, delayed, in flight, or what became of it. */
    public String state() {
        if (found != null) {
            String state = found.path("state").asText();
            return state.equals("inFlight") ? "in flight" : state;
        }
        if (!answers) {
            return "unknown: the queue does not answer";
        }
        // What ended it may not have been heard yet.
        return seen.isEmpty() || !seen.getLast().isEnd()
                ? "not in this queue"
                : "gone: " + seen.getLast().words();
    }

    public boolean stored() {
        return found != null;
    }

    public String body() {
        return found == null ? "" : found.path("body").asText("");
    }

    public String why() {
        return found == null ? "" : found.path("why").asText("");
    }

    public @Nullable Long receiveCount() {
        return found == null ? null : (Long) found.path("receiveCount").asLong();
    }

    public @Nullable Long sizeBytes() {
        return found == null ? null : (Long) found.path("sizeBytes").asLong();
    }

    public @Nullable Instant sentAt() {
        return found == null || !found.path("sentAt").isTextual()
                ? null
                : Instant.parse(found.path("sentAt").asText());
    }

    public List<AttributeView> attributes() {
        return found == null ? List.of() : AttributeView.of(found);
    }

    public @Nullable String group() {
        return text("messageGroupId");
    }

    public @Nullable String deduplicationId() {
        return text("messageDeduplicationId");
    }

    public @Nullable String sequenceNumber() {
        return text("sequenceNumber");
    }

    private @Nullable String text(String member) {
        return found == null ? null : found.path(member).textValue();
    }

    public @Nullable Long changesInMillis() {
        return found == null || !found.path("changesInMillis").isNumber()
                ? null
                : (Long) found.path("changesInMillis").asLong();
    }
}
