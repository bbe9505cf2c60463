package dev.holdfast.queue.queues;

import dev.holdfast.queue.ledger.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * A queue's row: its definition, its ledger, and where its messages stand. Sequences count from 1; 0 means none.
 *
 * @param nextSequence of the next message to arrive
 * @param deliveredThrough every message up to this one was delivered at least once, or is known in the table delivery
 * @param purgedThrough messages up to this one were purged; their rows may still be there
 */
public record QueueState(
        Queue queue,
        Ledger.Snapshot ledger,
        long nextSequence,
        long deliveredThrough,
        long purgedThrough,
        @Nullable Long purgedAtMillis) {

    public static QueueState ofNew(Queue queue) {
        return new QueueState(queue, new Ledger.Snapshot(0, 0, 0, 0, 0, 0, 0), 1, 0, 0, null);
    }
}
