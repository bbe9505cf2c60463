package dev.holdfast.queue.commit;

import dev.holdfast.queue.store.sqlite.Database;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What keeps the writer from committing, for readiness to tell. Written by the writer, read on any thread. */
final class WriterTrouble {
    /** Longer than any disk in use needs for a commit. */
    private static final long SLOW_COMMIT_SECONDS = 3;

    private final Database database;
    private volatile boolean locked;
    private volatile long busySinceNanos;

    WriterTrouble(Database database) {
        this.database = database;
    }

    void batchBegins() {
        busySinceNanos = System.nanoTime();
    }

    void batchEnds() {
        busySinceNanos = 0;
    }

    /** Another program holds the database, for longer than a connection waits. */
    void locked() {
        locked = true;
    }

    void committed() {
        locked = false;
    }

    boolean isLocked() {
        return locked;
    }

    /** In a sentence for the operator; empty when there is none. */
    Optional<String> describe() {
        if (locked) {
            return Optional.of("another program has locked " + database.file());
        }
        if (database.diskSpace().isExhausted()) {
            return Optional.of("the disk is full, and another program that reads " + database.file()
                    + " keeps its log from being folded in");
        }
        long since = busySinceNanos;
        long busySeconds = since == 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
        return busySeconds < SLOW_COMMIT_SECONDS
                ? Optional.empty()
                : Optional.of("a commit has waited for the disk or for a lock for " + busySeconds + " s");
    }
}
