package dev.holdfast.queue.engine;

import dev.holdfast.queue.commit.Participant;
import dev.holdfast.queue.ledger.Ledger;
import dev.holdfast.queue.ledger.Lifecycle;
import dev.holdfast.queue.ledger.Traffic;
import dev.holdfast.queue.message.Deduplication;
import dev.holdfast.queue.message.MessageStore;
import dev.holdfast.queue.message.SipHash;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.order.DeliveryStore;
import dev.holdfast.queue.order.ReadAheadBudget;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.queues.QueueState;
import dev.holdfast.queue.queues.QueueStore;
import dev.holdfast.queue.queues.Queues;
import dev.holdfast.queue.store.MessageKey;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The messages of all queues: the memory that stands beside the disk, built from it at a start, and built anew whenever a
 * transaction fails. Writer thread only.
 */
public final class MessageEngine implements Participant {
    private final Queues definitions;
    private final MessageStore store = new MessageStore();
    private final DeliveryStore deliveries = new DeliveryStore();
    private final Deduplication deduplication = new Deduplication();
    private final ReadAheadBudget budget = new ReadAheadBudget();
    private final LongPolls longPolls = new LongPolls();
    private final Lifecycle lifecycle = new Lifecycle();
    private final Traffic traffic = new Traffic();
    private final Sweeps sweeps = new Sweeps();
    private final OpenQueues queues = new OpenQueues();
    private final QueueRows.Shared shared = new QueueRows.Shared(store, deliveries, budget, deduplication, lifecycle);
    private final DeadLetters deadLetters;
    private final Housekeeping housekeeping;
    private final List<TimedWork> timedWork = new ArrayList<>();
    private @Nullable SipHash receiptHash;

    /** What the last look at the disk found. */
    private Recovery recovery = Recovery.NONE;

    public MessageEngine(Queues definitions) {
        this.definitions = definitions;
        this.deadLetters = new DeadLetters(definitions, queues);
        this.housekeeping = new Housekeeping(queues, deadLetters, sweeps, deduplication);
    }

    /** What moves messages from queue to queue on request. */
    Transfers transfers() {
        return new Transfers(definitions, queues);
    }

    /** What an operator does with messages that were looked at. */
    public SelectedMessages selected() {
        return new SelectedMessages(definitions, queues);
    }

    /** Adds work to be done by the clock; before the start. */
    public void add(TimedWork work) {
        timedWork.add(work);
    }

    public Recovery recovery() {
        return recovery;
    }

    /** Thread-safe. */
    public Lifecycle lifecycle() {
        return lifecycle;
    }

    /** What callers did. Thread-safe. */
    public Traffic traffic() {
        return traffic;
    }

    /** Long polls that wait now. Thread-safe. */
    public int waiters() {
        return longPolls.size();
    }

    public LongPolls longPolls() {
        return longPolls;
    }

    public SipHash receiptHash() {
        if (receiptHash == null) {
            throw new IllegalStateException("not started");
        }
        return receiptHash;
    }

    /**
     * The messages of a queue, for reading and for changing: whatever is done with them is written, and seen by those who
     * wait, with this transaction.
     *
     * @throws dev.holdfast.queue.api.SqsException QueueDoesNotExist when it was deleted meanwhile
     */
    public QueueMessages messagesOf(long queueNumber) {
        return queues.get(queueNumber);
    }

    /** Whether the queue still exists. */
    public boolean holds(long queueNumber) {
        return queues.contains(queueNumber);
    }

    /** A queue was created. */
    public void open(Queue queue) {
        queues.put(new QueueMessages(QueueState.ofNew(queue), shared, deadLetters));
    }

    /** The queue as the running transaction knows it. */
    public Queue definition(long queueNumber) {
        return messagesOf(queueNumber).queue();
    }

    /** Attributes or tags of a queue have changed. */
    public void redefine(Queue queue) {
        messagesOf(queue.number()).redefine(queue);
    }

    /**
     * What a look at the disk found.
     *
     * @param messages of all queues together
     * @param deliveries in flight, delayed or returned
     */
    public record Recovery(int queues, long messages, int deliveries, long tookMillis) {
        static final Recovery NONE = new Recovery(0, 0, 0, 0);
    }

    /** How many messages of a queue are in which state at this instant. */
    public record Counts(long waiting, long delayed, long inFlight, int noisyGroups) {}

    public Counts counts(Tx tx, long queueNumber) throws SQLException {
        return messagesOf(queueNumber).counts(tx);
    }

    public Ledger.Snapshot ledger(long queueNumber) {
        return messagesOf(queueNumber).state().ledger();
    }

    /** How long the oldest message has been in the queue, in seconds; null when there is none. */
    public @Nullable Long oldestAgeSeconds(Tx tx, long queueNumber) throws SQLException {
        Long arrival = messagesOf(queueNumber).oldestArrivalMillis(tx);
        return arrival == null ? null : Math.max(0, tx.nowMillis() - arrival) / 1_000;
    }

    /** When the queue was last purged, in milliseconds since 1970; null for never. */
    public @Nullable Long purgedAtMillis(long queueNumber) {
        return messagesOf(queueNumber).purgedAtMillis();
    }

    /** Everything in the queue is gone; the rows are deleted in steps by a sweep. */
    public void purge(Tx tx, long queueNumber) throws SQLException {
        QueueMessages emptied = messagesOf(queueNumber).purged(tx);
        QueueStore.updateState(tx, emptied.state());
        queues.put(emptied);
        sweeps.add(Sweeps.Range.purged(emptied.state()));
    }

    /** A queue was deleted, with all that was in it. */
    public void drop(Tx tx, Queue queue) {
        QueueMessages dropped = queues.remove(queue.number());
        if (dropped != null) {
            dropped.dropped();
        }
        longPolls.queueDropped(tx, queue.number());
        tx.afterCommit(() -> traffic.forget(queue.number()));
        sweeps.add(Sweeps.Range.ofQueue(queue.number()));
    }

    /** Writes the queue's counters now: for a statement that reads them. */
    public void flush(Tx tx, long queueNumber) throws SQLException {
        deliveries.flush(tx);
        QueueStore.updateState(tx, messagesOf(queueNumber).state());
    }

    /** One bounded pass over what time has done to the queues: see {@link Housekeeping}. */
    public boolean housekeep(Tx tx) throws SQLException {
        return housekeeping.pass(tx);
    }

    @Override
    public void beforeCommit(Tx tx) throws SQLException {
        SequencedSet<QueueMessages> used = new LinkedHashSet<>();
        // Serving the waiters of one queue may put a dead letter into another, which then has its turn.
        for (List<QueueMessages> next = queues.takeUsed(); !next.isEmpty(); next = queues.takeUsed()) {
            for (QueueMessages messages : next) {
                longPolls.serve(tx, messages);
            }
            used.addAll(next);
        }
        deliveries.flush(tx);
        for (QueueMessages messages : used) {
            if (messages.takeChanged()) {
                QueueStore.updateState(tx, messages.state());
            }
        }
        tx.afterCommit(longPolls::committed);
    }

    @Override
    public void afterRollback(Tx tx) throws SQLException {
        long start = System.nanoTime();
        deliveries.forget();
        budget.reset();
        queues.clear();
        longPolls.rolledBack();
        receiptHash = new SipHash(receiptKey(tx));
        List<QueueState> stored = QueueStore.all(tx);
        for (QueueState state : stored) {
            queues.put(new QueueMessages(state, shared, deadLetters));
        }
        definitions.reset(stored.stream().map(QueueState::queue).toList());
        deduplication.recover(tx);
        for (MessageStore.GroupSummary group : MessageStore.groups(tx)) {
            QueueMessages messages = queues.find(MessageKey.queueNumber(group.firstKey()));
            if (messages != null) {
                messages.recoveredGroup(group, tx.nowMillis());
            }
        }
        int inFlight = 0;
        for (Delivery delivery : deliveries.deliveries(tx)) {
            QueueMessages messages = queues.find(MessageKey.queueNumber(delivery.key()));
            if (messages != null) {
                messages.recovered(delivery);
                inFlight++;
            }
        }
        for (DeliveryStore.Parked parked : DeliveryStore.parkedByQueue(tx)) {
            QueueMessages messages = queues.find(parked.queueNumber());
            if (messages != null) {
                messages.recoveredParked(parked);
            }
        }
        sweeps.recover(tx, stored);
        for (TimedWork work : timedWork) {
            work.recover(tx);
        }
        // Nothing of this is a change.
        queues.takeUsed();
        recovery = new Recovery(
                stored.size(),
                stored.stream().mapToLong(state -> state.ledger().stock()).sum(),
                inFlight,
                (System.nanoTime() - start) / 1_000_000);
    }

    private static byte[] receiptKey(Tx tx) throws SQLException {
        return tx.<byte[]>one("select receipt_key from server", row -> row.getBytes(1))
                .orElseThrow(() -> new SQLException("the table server is empty: the database is damaged"));
    }

    @Override
    public long nextWakeMillis() {
        long next = longPolls.nextWakeMillis();
        for (TimedWork work : timedWork) {
            next = Math.min(next, work.nextMillis());
        }
        return next;
    }

    @Override
    public void wake(Tx tx) throws SQLException {
        for (TimedWork work : timedWork) {
            if (work.nextMillis() <= tx.nowMillis()) {
                work.run(tx);
            }
        }
        longPolls.expireDeadlines(tx);
        for (Long number = longPolls.nextDueQueue(tx.nowMillis());
                number != null;
                number = longPolls.nextDueQueue(tx.nowMillis())) {
            longPolls.serve(tx, messagesOf(number));
        }
    }
}
