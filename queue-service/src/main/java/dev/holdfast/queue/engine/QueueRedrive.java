package dev.holdfast.queue.engine;

import dev.holdfast.queue.ledger.Door;
import dev.holdfast.queue.message.Fingerprint;
import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.message.MessageText;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.order.DeliveryOrder;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.store.MessageKey;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One queue's part in moving messages from queue to queue: how they leave it, and how they come to it. Who moves them, and
 * why, is told by {@link DeadLetters}, {@link Transfers} and {@link SelectedMessages}. Writer thread only.
 */
final class QueueRedrive {
    private final QueueRows rows;

    QueueRedrive(QueueRows rows) {
        this.rows = rows;
    }

    /** The next visible message, taken out of the order: it leaves, or is put back. Null when there is none. */
    DeliveryOrder.@Nullable Next takeNext(Tx tx) throws SQLException {
        rows.deliveries.settle(tx);
        DeliveryOrder.Next next = rows.order.poll(tx);
        while (next != null && rows.isExpired(tx, next.message())) {
            rows.leave(tx, Door.EXPIRED, next.message(), 0);
            next = rows.order.poll(tx);
        }
        rows.order.served(tx.nowMillis());
        return next;
    }

    void putBack(Tx tx, DeliveryOrder.Next next) {
        rows.deliveries.putBack(tx, next);
    }

    /** Messages that came back after so many receives, at most so many of them, in the order they were sent. */
    List<Delivery> returned(int minReceives, int limit) {
        return rows.deliveries.returned(minReceives, limit);
    }

    /** Takes a returned message out of the order. */
    Message takeOut(Tx tx, Delivery delivery) throws SQLException {
        rows.deliveries.takeOut(delivery, tx.nowMillis());
        return rows.shared.messages().mustRead(tx, delivery.key());
    }

    void moveOut(Tx tx, Message message, int receiveCount) {
        rows.leave(tx, Door.MOVED_OUT, message, receiveCount);
    }

    /** The destination has accepted the same message before: this copy is deleted. */
    void deleteDuplicate(Tx tx, Message message) {
        rows.leave(tx, Door.DELETED, message, message.priorReceives());
    }

    // Single messages, wherever in the order they stand.

    /** A stored message and what is known of its delivery; null while it waits for its first receive. */
    record Selected(Message message, @Nullable Delivery delivery) {
        boolean isInFlight() {
            return delivery != null && delivery.isInFlight();
        }

        int receiveCount() {
            return delivery == null ? 0 : delivery.receiveCount();
        }
    }

    /** Before the first {@link #find} of a transaction: rows that it has deleted are still there until now. */
    void begin(Tx tx) throws SQLException {
        rows.shared.deliveries().flush(tx);
    }

    /** Null when the message is not, or no longer, in this queue. */
    @Nullable Selected find(Tx tx, long key) throws SQLException {
        if (MessageKey.queueNumber(key) != rows.keys.queueNumber() || rows.keys.isPurged(key)) {
            return null;
        }
        Delivery delivery = rows.deliveries.find(tx, key);
        Message message = rows.shared.messages().find(tx, key).orElse(null);
        return message == null || rows.isExpired(tx, message) ? null : new Selected(message, delivery);
    }

    void leave(Tx tx, Selected selected, Door door) {
        if (selected.delivery() != null) {
            rows.deliveries.takeOut(selected.delivery(), tx.nowMillis());
        }
        rows.leave(tx, door, selected.message(), selected.receiveCount());
    }

    /** After the last {@link #leave}: what was read ahead may have left from the middle. */
    void end(Tx tx) throws SQLException {
        rows.shared.deliveries().flush(tx);
        rows.order.forgetReadAhead();
    }

    // In.

    /** Takes in a message that became a dead letter, visible at once. */
    void moveIn(Tx tx, Message message) throws SQLException {
        moveIn(tx, message, null);
    }

    /** Takes in a message that is new here, visible at once; false when it repeats one of the last five minutes. */
    boolean moveInUnlessDuplicate(Tx tx, Message message) throws SQLException {
        Fingerprint fingerprint = fingerprint(message);
        if (rows.original(tx, fingerprint) != null) {
            return false;
        }
        moveIn(tx, message, fingerprint);
        return true;
    }

    private @Nullable Fingerprint fingerprint(Message message) {
        Queue queue = rows.queue();
        String deduplicationId = message.grouping().deduplicationId();
        return queue.isFifo() && deduplicationId != null
                ? Fingerprint.of(
                        queue.number(), queue.deduplicatesPerGroup() ? message.groupId() : null, deduplicationId)
                : null;
    }

    private void moveIn(Tx tx, Message message, @Nullable Fingerprint fingerprint) throws SQLException {
        Message mine = message.withKey(rows.keys.take());
        rows.insertMovedIn(tx, mine, MessageText.utf8(mine.body()), fingerprint);
        rows.order.arrived(mine);
        rows.lifecycle.movedIn(tx, mine);
    }
}
