package dev.holdfast.queue.engine;

import dev.holdfast.queue.commit.Participant;
import dev.holdfast.queue.ledger.Ledger;
import dev.holdfast.queue.ledger.Lifecycle;
import dev.holdfast.queue.ledger.Traffic;
import dev.holdfast.queue.message.MessageId;
import dev.holdfast.queue.message.MessageStore;
import dev.holdfast.queue.message.SipHash;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.order.ReadAheadBudget;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.queues.QueueState;
import dev.holdfast.queue.queues.QueueStore;
import dev.holdfast.queue.queues.Queues;
import dev.holdfast.queue.store.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The messages of all queues: the memory that stands beside the disk, built from it at a start, and built anew whenever a
 * transaction fails. Writer thread only.
 */
public final class MessageEngine implements Participant {
    private final Queues queues;
    private final MessageStore store = new MessageStore();
    private final DeliveryStore deliveries = new DeliveryStore();
    private final Deduplication deduplication = new Deduplication();
    private final ReadAheadBudget budget = new ReadAheadBudget();
    private final LongPolls longPolls = new LongPolls();
    private final Lifecycle lifecycle = new Lifecycle();
    private final Traffic traffic = new Traffic();
    private final Sweeps sweeps = new Sweeps();
    private final Map<Long, QueueMessages> stocks = new HashMap<>();
    private final Housekeeping housekeeping = new Housekeeping(this);
    private final QueueMessages.Shared shared;

    /** Changed by this transaction: their rows are written and their waiters served before it commits. */
    private final SequencedSet<QueueMessages> touched = new LinkedHashSet<>();

    private final List<TimedWork> timedWork = new ArrayList<>();
    private @Nullable SipHash receiptHash;

    /** What the last look at the disk found. */
    private Recovery recovery = Recovery.NONE;

    public MessageEngine(Queues queues) {
        this.queues = queues;
        this.shared = new QueueMessages.Shared(
                store, deliveries, budget, deduplication, new DeadLetters(queues, this::touchIfThere), lifecycle);
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

    Sweeps sweeps() {
        return sweeps;
    }

    DeliveryStore deliveries() {
        return deliveries;
    }

    Deduplication deduplication() {
        return deduplication;
    }

    Collection<QueueMessages> stocks() {
        return stocks.values();
    }

    public SipHash receiptHash() {
        if (receiptHash == null) {
            throw new IllegalStateException("not started");
        }
        return receiptHash;
    }

    /**
     * The stock of a queue, for looking.
     *
     * @throws dev.holdfast.queue.api.SqsException QueueDoesNotExist when it was deleted meanwhile
     */
    QueueMessages stock(long queueNumber) {
        QueueMessages stock = stocks.get(queueNumber);
        if (stock == null) {
            throw Queues.doesNotExist();
        }
        return stock;
    }

    /** The stock of a queue, for changing. */
    public QueueMessages touch(long queueNumber) {
        QueueMessages stock = stock(queueNumber);
        touched.add(stock);
        return stock;
    }

    /** The same; null when it was deleted meanwhile. */
    @Nullable QueueMessages touchIfThere(long queueNumber) {
        QueueMessages stock = stocks.get(queueNumber);
        if (stock != null) {
            touched.add(stock);
        }
        return stock;
    }

    /** Whether the queue still exists. */
    public boolean holds(long queueNumber) {
        return stocks.containsKey(queueNumber);
    }

    /** A queue was created. */
    public void open(Queue queue) {
        stocks.put(queue.number(), newStock(QueueState.ofNew(queue)));
    }

    private QueueMessages newStock(QueueState state) {
        return new QueueMessages(state, shared);
    }

    /** The queue as the running transaction knows it. */
    public Queue definition(long queueNumber) {
        return stock(queueNumber).queue();
    }

    /** Attributes or tags of a queue have changed. */
    public void redefine(Queue queue) {
        touch(queue.number()).redefine(queue);
    }

    /** How many messages of a queue are in which state at this instant. */
    public record Counts(long waiting, long delayed, long inFlight, int noisyGroups) {}

    public Counts counts(Tx tx, long queueNumber) throws SQLException {
        QueueMessages stock = stock(queueNumber);
        return new Counts(stock.waiting(tx), stock.delayed(tx), stock.inFlight(tx), stock.noisyGroups());
    }

    public Ledger.Snapshot ledger(long queueNumber) {
        return stock(queueNumber).state().ledger();
    }

    /** How long the oldest message is in the queue, in seconds; null when there is none. */
    public @Nullable Long oldestAgeSeconds(Tx tx, long queueNumber) throws SQLException {
        QueueMessages stock = stock(queueNumber);
        Long sentAt = MessageStore.oldestArrival(tx, stock.lastPurgedKey(), stock.lastKey());
        return sentAt == null ? null : Math.max(0, tx.nowMillis() - sentAt) / 1_000;
    }

    /** When the queue was last purged, in milliseconds since 1970; null for never. */
    public @Nullable Long purgedAtMillis(long queueNumber) {
        return stock(queueNumber).purgedAtMillis();
    }

    /** Everything in the queue is gone; the rows are deleted in steps by a sweep. */
    public void purge(Tx tx, long queueNumber) throws SQLException {
        QueueMessages old = touch(queueNumber);
        old.purge(tx);
        old.forgetReadAhead();
        QueueMessages emptied = newStock(old.state());
        QueueStore.updateState(tx, emptied.state());
        stocks.put(queueNumber, emptied);
        touched.remove(old);
        touched.add(emptied);
        sweeps.add(new Sweeps.Range(MessageId.key(queueNumber, 0), emptied.lastPurgedKey()));
    }

    /** A queue was deleted, with all that was in it. */
    public void drop(Tx tx, Queue queue) {
        QueueMessages old = stocks.remove(queue.number());
        if (old != null) {
            old.forgetReadAhead();
            touched.remove(old);
        }
        longPolls.queueDropped(tx, queue.number());
        tx.afterCommit(() -> traffic.forget(queue.number()));
        sweeps.add(Sweeps.Range.ofQueue(queue.number()));
    }

    /** Writes the queue's counters now: for a statement that reads them. */
    public void flush(Tx tx, long queueNumber) throws SQLException {
        deliveries.flush(tx);
        QueueStore.updateState(tx, stock(queueNumber).state());
    }

    /** One bounded pass over what time has done to the queues: see {@link Housekeeping}. */
    public boolean housekeep(Tx tx) throws SQLException {
        return housekeeping.pass(tx);
    }

    @Override
    public void beforeCommit(Tx tx) throws SQLException {
        // Serving the waiters of one queue may put a dead letter into another, which then has its turn.
        ArrayDeque<QueueMessages> changed = new ArrayDeque<>(touched);
        SequencedSet<QueueMessages> written = new LinkedHashSet<>();
        while (!changed.isEmpty()) {
            for (QueueMessages stock = changed.poll(); stock != null; stock = changed.poll()) {
                longPolls.serve(tx, stock);
                written.add(stock);
            }
            touched.removeAll(written);
            changed.addAll(touched);
        }
        deliveries.flush(tx);
        for (QueueMessages stock : written) {
            if (stock.takeChanged()) {
                QueueStore.updateState(tx, stock.state());
            }
        }
        touched.clear();
        tx.afterCommit(longPolls::committed);
    }

    @Override
    public void afterRollback(Tx tx) throws SQLException {
        long start = System.nanoTime();
        touched.clear();
        deliveries.forget();
        budget.reset();
        stocks.clear();
        longPolls.rolledBack();
        receiptHash = new SipHash(receiptKey(tx));
        for (QueueState state : QueueStore.all(tx)) {
            stocks.put(state.queue().number(), newStock(state));
        }
        queues.reset(stocks.values().stream().map(QueueMessages::queue).toList());
        deduplication.recover(tx);
        for (MessageStore.GroupSummary group : MessageStore.groups(tx)) {
            QueueMessages stock = stocks.get(MessageId.queueNumber(group.firstKey()));
            if (stock != null) {
                stock.recoveredGroup(group, tx.nowMillis());
            }
        }
        int inFlight = 0;
        for (Delivery delivery : deliveries.deliveries(tx)) {
            QueueMessages stock = stocks.get(MessageId.queueNumber(delivery.key));
            if (stock != null) {
                stock.recovered(delivery);
                inFlight++;
            }
        }
        Spill.summaries(tx).forEach((number, summary) -> {
            QueueMessages stock = stocks.get(number);
            if (stock != null) {
                stock.recoveredParked(summary);
            }
        });
        sweeps.recover(tx, stocks.values());
        for (TimedWork work : timedWork) {
            work.recover(tx);
        }
        recovery = new Recovery(
                stocks.size(),
                stocks.values().stream()
                        .mapToLong(stock -> stock.state().ledger().stock())
                        .sum(),
                inFlight,
                (System.nanoTime() - start) / 1_000_000);
    }

    private static byte[] receiptKey(Tx tx) throws SQLException {
        PreparedStatement select = tx.read("select receipt_key from server");
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the table server is empty: the database is damaged");
            }
            return row.getBytes(1);
        }
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
            longPolls.serve(tx, touch(number));
        }
    }
}
