package dev.holdfast.queue.order;

import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Which of a queue's visible messages is served next. Told of everything that arrives, is in flight, comes back or is
 * gone; holds no more in memory than a read-ahead, what has come back, and a few words for each group that has messages.
 * Writer thread only.
 */
public interface DeliveryOrder {
    /** A message that may be received now, taken out of the order; delivery is null when it was never received. */
    record Next(Message message, @Nullable Delivery delivery) {
        /** That of its last receive, or one that knows of none. */
        public Delivery deliveryOrFirst() {
            return delivery == null ? Delivery.first(message) : delivery;
        }

        public int receiveCount() {
            return delivery == null ? 0 : delivery.receiveCount();
        }
    }

    /** A start found messages of this group, the first of them with this key. */
    void recoveredGroup(String groupId, long firstKey, long nowMillis);

    /** A start found this delivery in flight. */
    void recovered(Delivery delivery);

    /** A new message; visible at once, but for the delay of a FIFO queue, which the order keeps itself. */
    void arrived(Message message);

    /** Takes the next message; null when nothing can be served now. */
    @Nullable Next poll(Tx tx) throws SQLException;

    /** What was polled is in flight from here on. */
    void delivered(Delivery delivery);

    /** One receive is over; until here messages of a group may follow each other. */
    void served(long nowMillis);

    /** A delivery is visible again (or for the first time, after its delay). */
    void returned(Delivery delivery, boolean wasInFlight);

    /** A delivery that is in flight or returned leaves for good by another way than {@link #poll}. */
    void removed(Delivery delivery, long nowMillis);

    /** How many returned deliveries memory holds. */
    int returnedCount();

    /** A returned delivery that memory can do without for now, one of the last in order; null when there is none. */
    default @Nullable Delivery takeLastReturned() {
        return null;
    }

    /** Forgets the read-ahead: rows were deleted behind its back. */
    void forgetReadAhead();

    /** The sequence up to which every message without a group has been polled once. */
    long deliveredThrough();

    /** Looks at the clock. */
    default void settle(long nowMillis) {}

    /** When {@link #settle} has something to do, in milliseconds since 1970; Long.MAX_VALUE for never. */
    default long nextVisibleAtMillis() {
        return Long.MAX_VALUE;
    }

    /** How many messages after a key the order itself holds back until their delay is over. */
    default long delayed(Tx tx, long afterKey) throws SQLException {
        return 0;
    }

    /** How many groups wait until the others are served. */
    default int noisyGroups() {
        return 0;
    }

    /** The queue's attributes have changed. */
    default void redefined() {}
}
