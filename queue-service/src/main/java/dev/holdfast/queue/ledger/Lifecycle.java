package dev.holdfast.queue.ledger;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Tells its watchers about every change of a message's state, after the transaction that made it. It costs nothing while
 * nobody watches. Watching is thread-safe; publishing happens on the writer thread.
 */
public final class Lifecycle {
    /** What happened to a message. */
    public enum Transition {
        SENT,
        DELAYED,
        RECEIVED,
        EXTENDED,
        RETURNED,
        DELETED,
        MOVED_OUT,
        MOVED_IN,
        EXPIRED,
        PURGED
    }

    /**
     * One change.
     *
     * @param queue null for a queue that is gone
     * @param messageId null where only the row's key is known, and for a purge, which is about all
     * @param visibleAtMillis when it may be received (again); null where that is now or never
     */
    public record Change(
            long atMillis,
            String queue,
            @Nullable UUID messageId,
            Transition transition,
            int receiveCount,
            @Nullable Long visibleAtMillis) {}

    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    public boolean isWatched() {
        return !watchers.isEmpty();
    }

    public void publish(Change change) {
        for (Watcher watcher : watchers) {
            watcher.offer(change);
        }
    }

    /** Begins to watch; the caller ends it with {@link #unwatch}. */
    public Watcher watch(@Nullable String queue) {
        Watcher watcher = new Watcher(queue);
        watchers.add(watcher);
        return watcher;
    }

    public void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }
}
