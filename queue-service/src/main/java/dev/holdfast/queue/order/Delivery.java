package dev.holdfast.queue.order;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message beyond its arrival: that it is delayed, in flight, or back after its timeout, and how often
 * it was received. Held in memory and in the table {@code delivery}; a message without one waits and was never received.
 * Writer thread only.
 */
public final class Delivery extends Heap.Node {
    public final long key;

    /** The instant from which it may be received (again), in milliseconds since 1970. */
    public long visibleAtMillis;

    /** How often it was received in this queue; 0 while it is only delayed. */
    public int receiveCount;

    /** The last receive, from which the twelve hours of visibility count. */
    public long receivedAtMillis;

    public @Nullable Long firstReceivedAtMillis;

    /** Where it stands among the waiting once it is visible; its key, or a later sequence once it went to the back. */
    public long place;

    public State state;

    /** Its message's group; null where it has none. */
    public @Nullable String groupId;

    /** Known once the message itself was looked at in this run. */
    public @Nullable UUID messageId;

    /** Its row stays on disk only, until its time has come: there are too many like it. */
    public boolean parked;

    /** Whether the table has a row for it. */
    public boolean stored;

    /** Whether this transaction will write it. */
    public boolean dirty;

    public enum State {
        DELAYED,
        IN_FLIGHT,
        /** Visible again, in memory. */
        RETURNED,
        /** Deleted, moved or expired. */
        GONE
    }

    public Delivery(long key, State state) {
        this.key = key;
        this.place = key;
        this.state = state;
    }

    @Override
    public long order() {
        return state == State.RETURNED ? place : visibleAtMillis;
    }
}
