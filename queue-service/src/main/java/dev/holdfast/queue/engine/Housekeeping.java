package dev.holdfast.queue.engine;

import dev.holdfast.queue.message.Deduplication;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;

/**
 * What time does to messages whether or not anybody asks: timeouts run out, dead letters move, retention ends, rows of
 * purged and deleted queues go. Every pass is bounded, so that requests wait for it only briefly. Correctness does not
 * depend on it: whoever uses a queue looks at the clock first. Writer thread only.
 */
final class Housekeeping {
    private static final int DEAD_LETTERS_PER_PASS = 500;
    private static final int EXPIRIES_PER_PASS = 1_000;

    private final OpenQueues queues;
    private final DeadLetters deadLetters;
    private final Sweeps sweeps;
    private final Deduplication deduplication;

    Housekeeping(OpenQueues queues, DeadLetters deadLetters, Sweeps sweeps, Deduplication deduplication) {
        this.queues = queues;
        this.deadLetters = deadLetters;
        this.sweeps = sweeps;
        this.deduplication = deduplication;
    }

    /** Returns whether more of the same waits. */
    boolean pass(Tx tx) throws SQLException {
        boolean more = false;
        for (QueueMessages messages : queues.needingHousekeeping(tx.nowMillis())) {
            // Whether or not it has dead letters: what has become visible is visible on the outside, too.
            messages.settle(tx);
            deadLetters.takeReturned(tx, messages, DEAD_LETTERS_PER_PASS);
            more |= messages.expiry().pass(tx, EXPIRIES_PER_PASS);
        }
        sweeps.step(tx);
        more |= deduplication.sweep(tx);
        return more || !sweeps.isEmpty();
    }
}
