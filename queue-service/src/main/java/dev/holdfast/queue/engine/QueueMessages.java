package dev.holdfast.queue.engine;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.ledger.Door;
import dev.holdfast.queue.message.Deduplication;
import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.message.MessageStore;
import dev.holdfast.queue.message.NewMessage;
import dev.holdfast.queue.message.SequenceNumber;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.order.DeliveryOrder;
import dev.holdfast.queue.order.DeliveryStore;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.queues.QueueState;
import dev.holdfast.queue.store.MessageKey;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one queue, and what clients do with them: send, receive, delete, change visibility. The rows on disk are
 * the truth; this is what a restart can rebuild. Reached through {@link MessageEngine#messagesOf} only. Writer thread only.
 */
public final class QueueMessages {
    private final QueueRows rows;
    private final DeadLetters deadLetters;
    private final QueueRedrive redrive;
    private final Expiry expiry;
    private final ReceiveAttempts attempts = new ReceiveAttempts();

    QueueMessages(QueueState state, QueueRows.Shared shared, DeadLetters deadLetters) {
        this.rows = new QueueRows(state, shared);
        this.deadLetters = deadLetters;
        this.redrive = new QueueRedrive(rows);
        this.expiry = new Expiry(rows);
    }

    public Queue queue() {
        return rows.queue();
    }

    void redefine(Queue redefined) {
        rows.redefine(redefined);
    }

    /** What a sender is told; the same for a duplicate as for the message it repeats. */
    public record Sent(UUID messageId, @Nullable String sequenceNumber) {}

    public Sent send(Tx tx, NewMessage sent) throws SQLException {
        Deduplication.Original original = rows.original(tx, sent.fingerprint());
        if (original != null) {
            return answer(original.messageId(), original.messageKey());
        }
        Message message = sent.stored(rows.keys.take(), tx.nowMillis());
        rows.insertSent(tx, message, sent.utf8(), sent.fingerprint());
        boolean fifo = queue().isFifo();
        Duration delay = fifo || sent.delay() == null ? queue().attributes().delay() : sent.delay();
        long visibleAtMillis = tx.nowMillis() + delay.toMillis();
        if (delay.isZero() || fifo) {
            rows.order.arrived(message);
        } else {
            rows.deliveries.delay(tx, message, visibleAtMillis);
        }
        rows.lifecycle.sent(tx, message, visibleAtMillis);
        return answer(message.messageId(), message.key());
    }

    private Sent answer(UUID messageId, long key) {
        return new Sent(messageId, queue().isFifo() ? SequenceNumber.of(MessageKey.sequence(key)) : null);
    }

    /** Messages that are visible now; they are in flight from here on. */
    public List<Received> receive(Tx tx, ReceiveOptions options) throws SQLException {
        settle(tx);
        List<Delivery> before = attempts.find(options.attemptId(), tx.nowMillis());
        if (before != null) {
            return receiveAgain(tx, options, before);
        }
        List<Received> received = new ArrayList<>(options.max());
        List<Delivery> given = new ArrayList<>(options.max());
        while (received.size() < options.max() && rows.deliveries.inFlight() < Limits.MAX_IN_FLIGHT) {
            DeliveryOrder.Next next = rows.order.poll(tx);
            if (next == null) {
                break;
            }
            Message message = next.message();
            if (rows.isExpired(tx, message)) {
                rows.leave(tx, Door.EXPIRED, message, 0);
            } else if (!deadLetters.take(tx, this, next)) {
                Delivery delivery = rows.deliveries.deliver(tx, next, options.visibilityTimeout());
                rows.changed();
                given.add(delivery);
                received.add(Received.of(message, delivery));
            }
        }
        rows.order.served(tx.nowMillis());
        attempts.remember(options.attemptId(), given, tx.nowMillis());
        return received;
    }

    /** The answer to an earlier receive was lost: the same messages once more, with a timeout that begins now. */
    private List<Received> receiveAgain(Tx tx, ReceiveOptions options, List<Delivery> before) throws SQLException {
        List<Received> received = new ArrayList<>(before.size());
        for (Delivery delivery : before) {
            rows.deliveries.extend(tx, delivery, options.visibilityTimeout());
            received.add(Received.of(rows.shared.messages().mustRead(tx, delivery.key()), delivery));
        }
        attempts.remember(options.attemptId(), before, tx.nowMillis());
        return received;
    }

    /** Whether as many messages are in flight as may be. */
    public boolean isFull(Tx tx) throws SQLException {
        settle(tx);
        return rows.deliveries.inFlight() >= Limits.MAX_IN_FLIGHT;
    }

    /** Makes visible what the clock has made visible. */
    void settle(Tx tx) throws SQLException {
        rows.deliveries.settle(tx);
    }

    /** Null when the message is gone, or was never received. */
    public @Nullable Delivery find(Tx tx, long key) throws SQLException {
        return rows.keys.isPurged(key) ? null : rows.deliveries.find(tx, key);
    }

    public void delete(Tx tx, Delivery delivery) {
        rows.deliveries.takeOut(delivery, tx.nowMillis());
        rows.leave(tx, Door.DELETED, delivery);
    }

    /** Sets when an in-flight message becomes visible; zero makes it visible now. */
    public void changeVisibility(Tx tx, Delivery delivery, Duration timeout) throws SQLException {
        rows.deliveries.extend(tx, delivery, timeout);
        settle(tx);
    }

    /** What takes messages from one queue to another. */
    QueueRedrive redrive() {
        return redrive;
    }

    /** What takes out the messages that are too old. */
    Expiry expiry() {
        return expiry;
    }

    /** Everything that is in the queue now is gone; what takes this one's place is empty. */
    QueueMessages purged(Tx tx) {
        rows.purge(tx);
        return new QueueMessages(state(), rows.shared, deadLetters);
    }

    /** The queue is deleted: memory that it holds is for others. */
    void dropped() {
        rows.order.forgetReadAhead();
    }

    long lastPurgedKey() {
        return rows.keys.lastPurged();
    }

    @Nullable Long purgedAtMillis() {
        return rows.purgedAtMillis();
    }

    MessageEngine.Counts counts(Tx tx) throws SQLException {
        return rows.counts(tx);
    }

    /** When the oldest message came, in milliseconds since 1970; null when there is none. */
    @Nullable Long oldestArrivalMillis(Tx tx) throws SQLException {
        return MessageStore.oldestArrival(tx, rows.keys.lastPurged(), rows.keys.last());
    }

    /** Whether a pass over this queue could find something to do. */
    boolean needsHousekeeping(long nowMillis) {
        return !rows.isEmpty()
                && (nextVisibleAtMillis() <= nowMillis
                        || rows.deliveries.returnedCount() > 0
                        || rows.mayHaveExpired(nowMillis));
    }

    /** When the next invisible message becomes visible, in milliseconds since 1970; Long.MAX_VALUE for never. */
    long nextVisibleAtMillis() {
        return rows.deliveries.nextVisibleAtMillis();
    }

    /** The queue's row as it is now, to be written with this transaction. */
    QueueState state() {
        return rows.state();
    }

    /** Whether the row has changed since this was last asked. */
    boolean takeChanged() {
        return rows.takeChanged();
    }

    // A start.

    void recovered(Delivery delivery) {
        if (!rows.keys.isPurged(delivery.key())) {
            rows.deliveries.recovered(delivery);
        }
    }

    void recoveredParked(DeliveryStore.Parked parked) {
        rows.deliveries.recoveredParked(parked);
    }

    void recoveredGroup(MessageStore.GroupSummary group, long nowMillis) {
        long firstKey = Math.max(group.firstKey(), rows.keys.lastPurged() + 1);
        rows.order.recoveredGroup(group.groupId(), firstKey, nowMillis);
    }
}
