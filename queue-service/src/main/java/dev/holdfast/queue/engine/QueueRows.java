package dev.holdfast.queue.engine;

import dev.holdfast.queue.ledger.Door;
import dev.holdfast.queue.ledger.Ledger;
import dev.holdfast.queue.ledger.Lifecycle;
import dev.holdfast.queue.message.Deduplication;
import dev.holdfast.queue.message.Fingerprint;
import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.message.MessageStore;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.order.DeliveryOrder;
import dev.holdfast.queue.order.DeliveryStore;
import dev.holdfast.queue.order.FairOrder;
import dev.holdfast.queue.order.FifoOrder;
import dev.holdfast.queue.order.ReadAheadBudget;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.queues.QueueState;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one queue and the ledger that counts them. Every message that comes or leaves does so here, whatever the
 * reason: {@link QueueMessages}, {@link QueueRedrive} and {@link Expiry} have the reasons. Writer thread only.
 */
final class QueueRows {
    /** What all queues share. */
    record Shared(
            MessageStore messages,
            DeliveryStore deliveries,
            ReadAheadBudget budget,
            Deduplication deduplication,
            Lifecycle lifecycle) {}

    final Shared shared;
    final QueueKeys keys;
    final QueueLifecycle lifecycle;
    final DeliveryOrder order;
    final Deliveries deliveries;
    private final Ledger ledger;
    private Queue queue;
    private @Nullable Long purgedAtMillis;

    /** No message expires before this instant; 0 when that has to be looked up. */
    private long nextExpiryMillis;

    /** Whether this transaction must write the queue's row. */
    private boolean changed;

    QueueRows(QueueState state, Shared shared) {
        this.queue = state.queue();
        this.shared = shared;
        this.ledger = new Ledger(state.ledger());
        this.keys = new QueueKeys(state);
        this.purgedAtMillis = state.purgedAtMillis();
        this.lifecycle = new QueueLifecycle(shared.lifecycle, queue.name().value());
        this.order = queue.isFifo()
                ? new FifoOrder(shared.messages, shared.budget, this::queue)
                : new FairOrder(
                        shared.messages,
                        shared.budget,
                        queue.number(),
                        Math.max(state.deliveredThrough(), state.purgedThrough()),
                        ledger.stock() == 0);
        this.deliveries = new Deliveries(shared.deliveries, order, keys, lifecycle, queue.isFifo());
    }

    Queue queue() {
        return queue;
    }

    void redefine(Queue redefined) {
        queue = redefined;
        nextExpiryMillis = 0;
        order.redefined();
    }

    // In.

    void insertSent(Tx tx, Message message, byte[] utf8, @Nullable Fingerprint fingerprint) throws SQLException {
        insert(tx, message, utf8, fingerprint);
        ledger.sent();
    }

    /** A message from another queue may be older than all that are here. */
    void insertMovedIn(Tx tx, Message message, byte[] utf8, @Nullable Fingerprint fingerprint) throws SQLException {
        insert(tx, message, utf8, fingerprint);
        ledger.movedIn();
        nextExpiryMillis = 0;
    }

    private void insert(Tx tx, Message message, byte[] utf8, @Nullable Fingerprint fingerprint) throws SQLException {
        if (ledger.stock() == 0) {
            nextExpiryMillis = 0;
        }
        shared.messages.insert(tx, message, utf8);
        if (fingerprint != null) {
            shared.deduplication.remember(
                    tx, fingerprint, new Deduplication.Original(message.messageId(), message.key()));
        }
        changed = true;
    }

    /** The message that another one repeats; null when that one is new. */
    Deduplication.@Nullable Original original(Tx tx, @Nullable Fingerprint fingerprint) throws SQLException {
        Deduplication.Original original = fingerprint == null ? null : shared.deduplication.find(tx, fingerprint);
        return original == null || keys.isPurged(original.messageKey()) ? null : original;
    }

    // Out. The row, and what is known of it, go with this transaction.

    void leave(Tx tx, Door door, Message message, int receiveCount) {
        leave(tx, door, message.key(), message.messageId(), receiveCount);
    }

    void leave(Tx tx, Door door, Delivery delivery) {
        leave(tx, door, delivery.key(), delivery.messageId(), delivery.receiveCount());
    }

    private void leave(Tx tx, Door door, long key, @Nullable UUID messageId, int receiveCount) {
        leave(key, door);
        lifecycle.left(tx, door.transition(), messageId, receiveCount);
    }

    /** A message of which only the key is known. */
    void expire(Tx tx, long key) throws SQLException {
        Delivery delivery = deliveries.find(tx, key);
        if (delivery != null) {
            deliveries.takeOut(delivery, tx.nowMillis());
        }
        leave(tx, Door.EXPIRED, key, delivery == null ? null : delivery.messageId(), 0);
    }

    private void leave(long key, Door door) {
        deliveries.forget(key);
        shared.deliveries.delete(key);
        ledger.left(door);
        changed = true;
    }

    /** Everything at once, at the cost of one row; a sweep deletes the rows later. */
    void purge(Tx tx) {
        keys.purgeAll();
        purgedAtMillis = tx.nowMillis();
        ledger.purged();
        changed = true;
        order.forgetReadAhead();
        lifecycle.purged(tx);
    }

    @Nullable Long purgedAtMillis() {
        return purgedAtMillis;
    }

    // Retention.

    /** Messages retained since this instant, or longer, have expired. */
    long expiredSince(Tx tx) {
        return tx.nowMillis() - queue.attributes().retention().toMillis();
    }

    boolean isExpired(Tx tx, Message message) {
        return message.retainedSince() <= expiredSince(tx);
    }

    boolean mayHaveExpired(long nowMillis) {
        return nextExpiryMillis <= nowMillis;
    }

    void setNextExpiry(long millis) {
        nextExpiryMillis = millis;
    }

    // What there is.

    /** How many messages are in which state, exact at this instant. */
    MessageEngine.Counts counts(Tx tx) throws SQLException {
        deliveries.settle(tx);
        // The order counts rows: those of this transaction have to be there.
        shared.deliveries.flush(tx);
        long delayed = deliveries.delayed() + order.delayed(tx, keys.lastPurged());
        long inFlight = deliveries.inFlight();
        return new MessageEngine.Counts(ledger.stock() - inFlight - delayed, delayed, inFlight, order.noisyGroups());
    }

    boolean isEmpty() {
        return ledger.stock() == 0;
    }

    /** The queue's row as it is now. */
    QueueState state() {
        return new QueueState(
                queue,
                ledger.snapshot(),
                keys.nextSequence(),
                order.deliveredThrough(),
                keys.purgedThrough(),
                purgedAtMillis);
    }

    /** A receive has changed how far the messages were delivered. */
    void changed() {
        changed = true;
    }

    /** Whether the row has changed since this was last asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }
}
