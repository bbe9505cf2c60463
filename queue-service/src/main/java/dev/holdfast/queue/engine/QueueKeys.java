package dev.holdfast.queue.engine;

import dev.holdfast.queue.queues.QueueState;
import dev.holdfast.queue.store.MessageKey;

/** The keys of one queue's messages: which comes next, and which a purge has emptied. Writer thread only. */
final class QueueKeys {
    private final long queueNumber;
    private long nextSequence;
    private long purgedThrough;

    QueueKeys(QueueState state) {
        this.queueNumber = state.queue().number();
        this.nextSequence = state.nextSequence();
        this.purgedThrough = state.purgedThrough();
    }

    /** Takes the key of the next message to arrive. */
    long take() {
        if (nextSequence > MessageKey.MAX_SEQUENCE) {
            throw new IllegalStateException("queue " + queueNumber + " has used up its sequence");
        }
        return MessageKey.of(queueNumber, nextSequence++);
    }

    /** The key of the next message to arrive: the place behind all that are here. */
    long back() {
        return MessageKey.of(queueNumber, nextSequence);
    }

    long nextSequence() {
        return nextSequence;
    }

    /** Every message that is here now is purged. */
    void purgeAll() {
        purgedThrough = nextSequence - 1;
    }

    long purgedThrough() {
        return purgedThrough;
    }

    /** Whether the message is purged; its row may still be there. */
    boolean isPurged(long key) {
        return MessageKey.sequence(key) <= purgedThrough;
    }

    /** Messages after this key are in the queue. */
    long lastPurged() {
        return MessageKey.of(queueNumber, purgedThrough);
    }

    /** The largest key that a message of this queue can have. */
    long last() {
        return MessageKey.lastOf(queueNumber);
    }

    long queueNumber() {
        return queueNumber;
    }
}
