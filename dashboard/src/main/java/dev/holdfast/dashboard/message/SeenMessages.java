package dev.holdfast.dashboard.message;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The last messages that were shown on a page, with what happened to them meanwhile. It knows what passed by while
 * somebody watched, nothing else. Thread-safe.
 */
@ApplicationScoped
public class SeenMessages {
    private static final int MESSAGES_AT_MOST = 4_000;
    private static final int TRANSITIONS_AT_MOST = 50;

    private final SequencedMap<Key, List<Transition>> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<Transition>> eldest) {
            return size() > MESSAGES_AT_MOST;
        }
    };

    private record Key(String queue, String messageId) {}

    /** One of the latest messages, and what happened to it last. */
    public record Latest(String queue, String messageId, Transition transition) {}

    synchronized void add(String queue, String messageId, Transition transition) {
        List<Transition> transitions = seen.computeIfAbsent(new Key(queue, messageId), any -> new ArrayList<>());
        if (transitions.size() < TRANSITIONS_AT_MOST) {
            transitions.add(transition);
        }
    }

    /** What was seen of a message, the oldest first. */
    public synchronized List<Transition> of(String queue, String messageId) {
        return List.copyOf(seen.getOrDefault(new Key(queue, messageId), List.of()));
    }

    /** The messages of a queue that something happened to last, the newest first. */
    public synchronized List<Latest> latest(String queue, int limit) {
        List<Latest> latest = new ArrayList<>();
        for (var entry : seen.sequencedEntrySet().reversed()) {
            if (latest.size() >= limit) {
                break;
            }
            if (entry.getKey().queue().equals(queue)) {
                latest.add(new Latest(
                        queue, entry.getKey().messageId(), entry.getValue().getLast()));
            }
        }
        return latest;
    }
}
