package dev.holdfast.queue.engine;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.ledger.Ledger;
import dev.holdfast.queue.ledger.Lifecycle;
import dev.holdfast.queue.ledger.Lifecycle.Transition;
import dev.holdfast.queue.message.Fingerprint;
import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.message.MessageId;
import dev.holdfast.queue.message.MessageStore;
import dev.holdfast.queue.message.MessageText;
import dev.holdfast.queue.message.NewMessage;
import dev.holdfast.queue.message.SequenceNumber;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.order.DeliveryOrder;
import dev.holdfast.queue.order.FairOrder;
import dev.holdfast.queue.order.FifoOrder;
import dev.holdfast.queue.order.ReadAheadBudget;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.queues.QueueState;
import dev.holdfast.queue.queues.RedrivePolicy;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one queue: their ledger, their sequence, and what is done with them. The rows on disk are the truth;
 * this is what a restart can rebuild. Writer thread only.
 */
public final class QueueMessages {
    /** What all stocks share. */
    record Shared(
            MessageStore messages,
            DeliveryStore deliveries,
            ReadAheadBudget budget,
            Deduplication deduplication,
            DeadLetters deadLetters,
            Lifecycle lifecycle) {}

    private final Shared shared;
    private final Ledger ledger;
    private final DeliveryOrder order;
    private final Deliveries deliveries;
    private final ReceiveAttempts attempts = new ReceiveAttempts();
    private Queue queue;
    private long nextSequence;
    private long purgedThrough;
    private @Nullable Long purgedAtMillis;

    /** No message expires before this instant; 0 when that has to be looked up. */
    private long nextExpiryMillis;

    /** Whether this transaction must write the queue's row. */
    private boolean changed;

    QueueMessages(QueueState state, Shared shared) {
        this.queue = state.queue();
        this.shared = shared;
        this.ledger = new Ledger(state.ledger());
        this.nextSequence = state.nextSequence();
        this.purgedThrough = state.purgedThrough();
        this.purgedAtMillis = state.purgedAtMillis();
        this.order = queue.isFifo()
                ? new FifoOrder(shared.messages, shared.budget, this::queue)
                : new FairOrder(
                        shared.messages,
                        shared.budget,
                        queue.number(),
                        Math.max(state.deliveredThrough(), purgedThrough),
                        ledger.stock() == 0);
        this.deliveries = new Deliveries(shared.deliveries, order, lastPurgedKey(), this::returns);
    }

    public Queue queue() {
        return queue;
    }

    void redefine(Queue redefined) {
        queue = redefined;
        nextExpiryMillis = 0;
        order.redefined();
    }

    // A start.

    void recovered(Delivery delivery) {
        if (!isPurged(delivery.key)) {
            deliveries.recovered(delivery);
        }
    }

    void recoveredParked(Spill.Summary summary) {
        deliveries.recoveredParked(summary);
    }

    void recoveredGroup(MessageStore.GroupSummary group, long nowMillis) {
        order.recoveredGroup(group.groupId(), Math.max(group.firstKey(), lastPurgedKey() + 1), nowMillis);
    }

    /** The queue's row as it is now, to be written with this transaction. */
    QueueState state() {
        return new QueueState(
                queue, ledger.snapshot(), nextSequence, order.deliveredThrough(), purgedThrough, purgedAtMillis);
    }

    /** Whether the row has changed since the last time this was asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    // Counts, exact at the instant given.

    long inFlight(Tx tx) throws SQLException {
        settle(tx);
        return deliveries.inFlight();
    }

    long delayed(Tx tx) throws SQLException {
        settle(tx);
        // The order counts rows: those of this transaction have to be there.
        shared.deliveries.flush(tx);
        return deliveries.delayed() + order.delayed(tx, lastPurgedKey());
    }

    long waiting(Tx tx) throws SQLException {
        return ledger.stock() - inFlight(tx) - delayed(tx);
    }

    int noisyGroups() {
        return order.noisyGroups();
    }

    // Sending.

    /** What a sender is told; the same for a duplicate as for the message it repeats. */
    public record Sent(UUID messageId, @Nullable String sequenceNumber) {}

    public Sent send(Tx tx, NewMessage draft) throws SQLException {
        if (draft.fingerprint() != null) {
            Deduplication.Original original = shared.deduplication.find(tx, draft.fingerprint());
            if (original != null && !isPurged(original.messageKey())) {
                return sent(original.messageId(), original.messageKey());
            }
        }
        Message message = draft.stored(nextKey(), tx.nowMillis());
        shared.messages.insert(tx, message, draft.utf8());
        if (draft.fingerprint() != null) {
            shared.deduplication.remember(
                    tx, draft.fingerprint(), new Deduplication.Original(message.messageId(), message.key()));
        }
        changed = true;
        ledger.sent();
        Duration delay =
                queue.isFifo() || draft.delay() == null ? queue.attributes().delay() : draft.delay();
        long visibleAt = tx.nowMillis() + delay.toMillis();
        if (delay.isZero() || queue.isFifo()) {
            order.arrived(message);
        } else {
            deliveries.delay(tx, message, visibleAt);
        }
        if (delay.isZero()) {
            tell(tx, Transition.SENT, message.messageId(), 0, null);
        } else {
            tell(tx, Transition.DELAYED, message.messageId(), 0, visibleAt);
        }
        return sent(message.messageId(), message.key());
    }

    private Sent sent(UUID messageId, long key) {
        return new Sent(messageId, queue.isFifo() ? SequenceNumber.of(MessageId.sequence(key)) : null);
    }

    /** Takes a message in from another queue, visible at once. */
    void moveIn(Tx tx, Message message) throws SQLException {
        Message mine = message.withKey(nextKey());
        nextExpiryMillis = 0;
        shared.messages.insert(tx, mine, MessageText.utf8(mine.body()));
        changed = true;
        ledger.movedIn();
        order.arrived(mine);
        tell(tx, Transition.MOVED_IN, mine.messageId(), mine.priorReceives(), null);
    }

    private long nextKey() {
        if (ledger.stock() == 0) {
            nextExpiryMillis = 0;
        }
        if (nextSequence > MessageId.MAX_SEQUENCE) {
            throw new IllegalStateException("queue " + queue.name() + " has used up its sequence");
        }
        return MessageId.key(queue.number(), nextSequence++);
    }

    // Receiving.

    /** Messages that are visible now; they are in flight from here on. */
    public List<Received> receive(Tx tx, ReceiveOptions ask) throws SQLException {
        settle(tx);
        if (ask.attemptId() != null) {
            List<Delivery> before = attempts.find(ask.attemptId(), tx.nowMillis());
            if (before != null) {
                return receiveAgain(tx, ask.attemptId(), before, ask.visibilityTimeout());
            }
        }
        List<Received> received = new ArrayList<>(ask.max());
        List<Delivery> given = new ArrayList<>(ask.max());
        while (received.size() < ask.max() && deliveries.inFlight() < Limits.MAX_IN_FLIGHT) {
            DeliveryOrder.Next next = next(tx);
            if (next == null) {
                break;
            }
            if (!deadLettered(tx, next)) {
                Delivery delivery = deliver(tx, next, ask.visibilityTimeout());
                received.add(Received.of(next.message(), delivery));
                given.add(delivery);
            }
        }
        order.served(tx.nowMillis());
        if (ask.attemptId() != null && !given.isEmpty()) {
            attempts.remember(ask.attemptId(), given, tx.nowMillis());
        }
        return received;
    }

    private List<Received> receiveAgain(Tx tx, String attemptId, List<Delivery> before, Duration timeout)
            throws SQLException {
        List<Received> received = new ArrayList<>(before.size());
        for (Delivery delivery : before) {
            extend(tx, delivery, timeout);
            received.add(Received.of(shared.messages.mustRead(tx, delivery.key), delivery));
        }
        attempts.remember(attemptId, before, tx.nowMillis());
        return received;
    }

    /** The next message to be served that has not expired, taken out of the order. */
    private DeliveryOrder.@Nullable Next next(Tx tx) throws SQLException {
        for (DeliveryOrder.Next next = order.poll(tx); next != null; next = order.poll(tx)) {
            if (next.message().retainedSince() > expiredBefore(tx.nowMillis())) {
                return next;
            }
            leaves(next.message().key());
            ledger.expired();
            tell(tx, Transition.EXPIRED, next.message().messageId(), 0, null);
        }
        return null;
    }

    public boolean isFull(Tx tx) throws SQLException {
        return inFlight(tx) >= Limits.MAX_IN_FLIGHT;
    }

    private Delivery deliver(Tx tx, DeliveryOrder.Next next, Duration timeout) {
        long now = tx.nowMillis();
        Delivery delivery = deliveries.deliver(next.message(), next.delivery(), now, now + timeout.toMillis());
        changed = true;
        tell(tx, Transition.RECEIVED, delivery.messageId, delivery.receiveCount, delivery.visibleAtMillis);
        return delivery;
    }

    /** Moves the message to the dead-letter queue when it has been received as often as it may. */
    private boolean deadLettered(Tx tx, DeliveryOrder.Next next) throws SQLException {
        Delivery delivery = next.delivery();
        RedrivePolicy policy = queue.attributes().redrivePolicy().orElse(null);
        if (policy == null
                || delivery == null
                || delivery.receiveCount < policy.maxReceiveCount()
                || !shared.deadLetters.move(tx, queue, policy, next.message(), delivery)) {
            return false;
        }
        movedOut(tx, next.message(), delivery.receiveCount);
        return true;
    }

    private void movedOut(Tx tx, Message message, int receiveCount) {
        leaves(message.key());
        ledger.movedOut();
        tell(tx, Transition.MOVED_OUT, message.messageId(), receiveCount, null);
    }

    /** Moves what has come back too often, so that the dead-letter queue shows it though nobody receives here. */
    void deadLetterReturned(Tx tx, int limit) throws SQLException {
        settle(tx);
        RedrivePolicy policy = queue.attributes().redrivePolicy().orElse(null);
        if (policy == null) {
            return;
        }
        for (Delivery delivery : deliveries.returned(policy.maxReceiveCount(), limit)) {
            Message message = shared.messages.mustRead(tx, delivery.key);
            if (!shared.deadLetters.move(tx, queue, policy, message, delivery)) {
                return;
            }
            deliveries.takeOut(delivery, tx.nowMillis());
            movedOut(tx, message, delivery.receiveCount);
        }
    }

    /** The next visible message leaves for the queue that is named for it; without one it stays where it is. */
    Transfers.Outcome moveNext(Tx tx, Function<Message, @Nullable QueueMessages> target) throws SQLException {
        settle(tx);
        DeliveryOrder.Next next = next(tx);
        order.served(tx.nowMillis());
        if (next == null) {
            return Transfers.Outcome.NOTHING_VISIBLE;
        }
        Message message = next.message();
        QueueMessages destination = target.apply(message);
        if (destination == null) {
            deliveries.putBack(tx, next);
            return Transfers.Outcome.NO_DESTINATION;
        }
        if (!destination.moveInAsNew(tx, message)) {
            leaves(message.key());
            ledger.deleted();
            tell(tx, Transition.DELETED, message.messageId(), message.priorReceives(), null);
            return Transfers.Outcome.DUPLICATE;
        }
        movedOut(tx, message, next.delivery() == null ? 0 : next.delivery().receiveCount);
        return Transfers.Outcome.MOVED;
    }

    /** A dead letter comes back, or goes elsewhere, as a new message; false when it is a duplicate here. */
    private boolean moveInAsNew(Tx tx, Message letter) throws SQLException {
        String originalId = letter.messageId().toString();
        UUID newId = MessageId.random();
        if (queue.isFifo()) {
            Fingerprint fingerprint =
                    Fingerprint.of(queue.number(), queue.deduplicatesPerGroup() ? letter.groupId() : null, originalId);
            Deduplication.Original original = shared.deduplication.find(tx, fingerprint);
            if (original != null && !isPurged(original.messageKey())) {
                return false;
            }
            long key = MessageId.key(queue.number(), nextSequence);
            shared.deduplication.remember(tx, fingerprint, new Deduplication.Original(newId, key));
        }
        moveIn(
                tx,
                new Message(
                        letter.key(),
                        newId,
                        tx.nowMillis(),
                        null,
                        letter.body(),
                        letter.md5OfBody(),
                        letter.attributes(),
                        letter.sender(),
                        letter.traceHeader(),
                        letter.groupId(),
                        queue.isFifo() ? originalId : letter.deduplicationId(),
                        null,
                        0,
                        null,
                        null));
        return true;
    }

    // Deleting and visibility.

    /** Null when the message is gone, or was never received. */
    public @Nullable Delivery find(Tx tx, long key) throws SQLException {
        if (isPurged(key)) {
            return null;
        }
        return deliveries.find(tx, key);
    }

    public void delete(Tx tx, Delivery delivery) {
        deliveries.takeOut(delivery, tx.nowMillis());
        leaves(delivery.key);
        ledger.deleted();
        tell(tx, Transition.DELETED, delivery.messageId, delivery.receiveCount, null);
    }

    /** Sets when an in-flight message becomes visible; zero makes it visible now. */
    public void changeVisibility(Tx tx, Delivery delivery, Duration timeout) throws SQLException {
        extend(tx, delivery, timeout);
        settle(tx);
    }

    private void extend(Tx tx, Delivery delivery, Duration timeout) {
        deliveries.changeVisibility(delivery, tx.nowMillis() + timeout.toMillis());
        if (!timeout.isZero()) {
            tell(tx, Transition.EXTENDED, delivery.messageId, delivery.receiveCount, delivery.visibleAtMillis);
        }
    }

    /** Everything that is in the queue now is gone, at the cost of one row; a sweep deletes the rows later. */
    void purge(Tx tx) {
        purgedThrough = nextSequence - 1;
        purgedAtMillis = tx.nowMillis();
        changed = true;
        ledger.purged();
        tell(tx, Transition.PURGED, null, 0, null);
    }

    private boolean isPurged(long key) {
        return MessageId.sequence(key) <= purgedThrough;
    }

    long lastPurgedKey() {
        return MessageId.key(queue.number(), purgedThrough);
    }

    /** The largest key a message of this queue can have. */
    long lastKey() {
        return MessageId.key(queue.number(), MessageId.MAX_SEQUENCE);
    }

    @Nullable Long purgedAtMillis() {
        return purgedAtMillis;
    }

    /** A message whose retention has run out, whatever its state. */
    void expire(Tx tx, long key) throws SQLException {
        Delivery delivery = deliveries.find(tx, key);
        if (delivery != null) {
            deliveries.takeOut(delivery, tx.nowMillis());
        }
        leaves(key);
        ledger.expired();
        tell(tx, Transition.EXPIRED, delivery == null ? null : delivery.messageId, 0, null);
    }

    void forgetReadAhead() {
        order.forgetReadAhead();
    }

    /** Messages retained since this instant, or longer, have expired. */
    long expiredBefore(long nowMillis) {
        return nowMillis - queue.attributes().retention().toMillis();
    }

    long nextExpiryMillis() {
        return nextExpiryMillis;
    }

    void setNextExpiryMillis(long millis) {
        nextExpiryMillis = millis;
    }

    /** Whether a pass over this queue could find something to do. */
    boolean needsHousekeeping(long nowMillis) {
        return ledger.stock() > 0
                && (nextVisibleAtMillis() <= nowMillis
                        || deliveries.returnedCount() > 0
                        || nextExpiryMillis <= nowMillis);
    }

    /** When the next invisible message becomes visible, in milliseconds since 1970; Long.MAX_VALUE for never. */
    long nextVisibleAtMillis() {
        return deliveries.nextVisibleAtMillis();
    }

    /** Makes visible what the clock has made visible. */
    private void settle(Tx tx) throws SQLException {
        deliveries.settle(tx);
    }

    private void returns(Tx tx, Delivery delivery) {
        if (!queue.isFifo() && delivery.receiveCount >= Limits.RECEIVES_BEFORE_BACK_OF_QUEUE) {
            delivery.place = MessageId.key(queue.number(), nextSequence);
        }
        tell(tx, Transition.RETURNED, delivery.messageId, delivery.receiveCount, null);
    }

    private void tell(
            Tx tx, Transition transition, @Nullable UUID messageId, int receiveCount, @Nullable Long visibleAtMillis) {
        if (shared.lifecycle.isWatched()) {
            Lifecycle.Change change = new Lifecycle.Change(
                    tx.nowMillis(), queue.name().value(), messageId, transition, receiveCount, visibleAtMillis);
            tx.afterCommit(() -> shared.lifecycle.publish(change));
        }
    }

    /** The row and what is known of it go with this transaction. */
    private void leaves(long key) {
        deliveries.forget(key);
        shared.deliveries.delete(key);
        changed = true;
    }
}
