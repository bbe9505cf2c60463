package dev.holdfast.dashboard.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects what happens to a queue's messages within a quarter second: counts of everything, and the transitions of the
 * messages that are shown. For one thread.
 */
final class EventFrame {
    private static final Duration LENGTH = Duration.ofMillis(250);

    /** A burst that the share has not adapted to yet is cut here. */
    private static final int SHOWN_AT_MOST = 80;

    private final String queue;
    private final ObjectMapper json;
    private final SeenMessages seen;
    private final Share share = new Share();
    private final Map<String, Integer> counts = new TreeMap<>();
    private ArrayNode shown;
    private long skipped;
    private long transitions;
    private long sentNanos = System.nanoTime();

    EventFrame(String queue, ObjectMapper json, SeenMessages seen) {
        this.queue = queue;
        this.json = json;
        this.seen = seen;
        this.shown = json.createArrayNode();
    }

    void add(String line) throws IOException {
        String transition = text(line, "transition");
        String messageId = text(line, "messageId");
        counts.merge(transition, 1, Integer::sum);
        transitions++;
        if (shown.size() < SHOWN_AT_MOST && (messageId.isEmpty() || share.contains(messageId))) {
            JsonNode event = json.readTree(line);
            shown.add(event);
            if (!messageId.isEmpty()) {
                seen.add(queue, messageId, read(event));
            }
        } else {
            skipped++;
        }
    }

    void addGap(String line) throws IOException {
        long dropped = json.readTree(line).path("dropped").asLong();
        skipped += dropped;
        transitions += dropped;
    }

    boolean isDue() {
        return System.nanoTime() - sentNanos >= LENGTH.toNanos();
    }

    /** What happened since the last call. */
    ObjectNode take() {
        ObjectNode frame = json.createObjectNode();
        frame.put("topic", EventTopic.PREFIX + queue);
        frame.set("events", shown);
        frame.set("counts", json.valueToTree(counts));
        frame.put("skipped", skipped);
        frame.put("oneIn", share.oneIn());
        share.adapt(transitions);
        shown = json.createArrayNode();
        counts.clear();
        skipped = 0;
        transitions = 0;
        sentNanos = System.nanoTime();
        return frame;
    }

    private static Transition read(JsonNode event) {
        String visibleAt = event.path("visibleAt").asText("");
        return new Transition(
                Instant.parse(event.path("at").asText()),
                event.path("transition").asText(),
                event.path("receiveCount").asInt(),
                visibleAt.isEmpty() || visibleAt.equals("null") ? null : Instant.parse(visibleAt));
    }

    /** A string member of a small object without parsing it all: of thousands a second only a few are read in full. */
    private static String text(String line, String member) {
        String begin = "\"" + member + "\":\"";
        int at = line.indexOf(begin);
        return at < 0 ? "" : line.substring(at + begin.length(), line.indexOf('"', at + begin.length()));
    }
}
