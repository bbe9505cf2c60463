package dev.holdfast.queue.message;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message beyond its arrival: that it is delayed, in flight, or back after its timeout, and how often
 * it was received. Held in memory and in the table {@code delivery}; a message without one waits and was never received.
 * Writer thread only.
 */
final class Delivery extends Heap.Node {
    final long key;

    /** The instant from which it may be received (again), in milliseconds since 1970. */
    long visibleAtMillis;

    /** How often it was received in this queue; 0 while it is only delayed. */
    int receiveCount;

    /** The last receive, from which the twelve hours of visibility count. */
    long receivedAtMillis;

    @Nullable Long firstReceivedAtMillis;

    /** Where it stands among the waiting once it is visible; its key, or a later sequence once it went to the back. */
    long place;

    State state;

    /** Its message's group; null where it has none. */
    @Nullable String groupId;

    /** Known once the message itself was looked at in this run. */
    @Nullable UUID messageId;

    /** Its row stays on disk only, until its time has come: there are too many like it. */
    boolean parked;

    /** Whether the table has a row for it. */
    boolean stored;

    /** Whether this transaction will write it. */
    boolean dirty;

    enum State {
        DELAYED,
        IN_FLIGHT,
        /** Visible again, in memory. */
        RETURNED,
        /** Deleted, moved or expired. */
        GONE
    }

    Delivery(long key, State state) {
        this.key = key;
        this.place = key;
        this.state = state;
    }

    @Override
    long order() {
        return state == State.RETURNED ? place : visibleAtMillis;
    }
}
