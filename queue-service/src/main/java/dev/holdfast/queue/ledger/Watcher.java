package dev.holdfast.queue.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bounded buffer between the writer and a watcher: a reader that is too slow loses changes and is told how many. Thread-safe. */
public final class Watcher {
    /** Changes that wait for their reader: a second's worth at a rate that a person could not follow anyway. */
    private static final int MAX_WAITING = 5_000;

    private final @Nullable String queue;
    private final ArrayDeque<Lifecycle.Change> waiting = new ArrayDeque<>();
    private long dropped;

    Watcher(@Nullable String queue) {
        this.queue = queue;
    }

    synchronized void offer(Lifecycle.Change change) {
        if (queue != null && !queue.equals(change.queue())) {
            return;
        }
        if (waiting.size() >= MAX_WAITING) {
            dropped++;
        } else {
            waiting.add(change);
        }
    }

    /**
     * What has happened since the last call.
     *
     * @param dropped how many changes are missing after these
     */
    public record Taken(List<Lifecycle.Change> changes, long dropped) {}

    public synchronized Taken take() {
        Taken taken = new Taken(new ArrayList<>(waiting), dropped);
        waiting.clear();
        dropped = 0;
        return taken;
    }
}
