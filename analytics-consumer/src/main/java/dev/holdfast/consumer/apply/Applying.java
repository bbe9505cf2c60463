package dev.holdfast.consumer.apply;

import dev.holdfast.consumer.apply.Faults.Moment;
import dev.holdfast.kit.sqlite.Database;
import dev.holdfast.kit.sqlite.DatabaseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One thread that applies what the receivers bring, many receives in one transaction.
 *
 * <p>A transaction takes the batches that queued up while the one before was synced. With little to do it waits for no more, and an event
 * is applied at once; with a backlog it waits until half of the receivers have handed theirs over: the rows of the aggregates that their
 * events share are then written once for all, and one sync serves thousands. Batches complete after their commit, and only then may their messages
 * be deleted. A database that does not take a transaction (locked, disk full) keeps it in hand and tries again: the receivers wait, so
 * nothing else is received, and no good event spends its receive count on our trouble.
 */
public final class Applying implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Applying.class);

    /** Bounds how long the write lock is held: some tenths of a second on a small machine. */
    static final int MAX_EVENTS_IN_TRANSACTION = 4_000;

    /** A batch of so many comes from full receives in a row: there is a backlog, and a transaction may wait a moment for company. */
    private static final int BACKLOG_BATCH = 100;

    /** About as long as receivers gather; far less than any visibility timeout. */
    private static final Duration MAX_WAIT_FOR_COMPANY = Duration.ofMillis(150);

    /** More than there are receivers: each has one batch in hand at most. */
    private static final int MAX_WAITING_BATCHES = 256;

    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

    private final Database database;
    private final EventTransaction transaction;
    private final InstantSource clock;
    private final Pace pace;
    private final Faults faults;
    private final Halt halt;
    private final Consumer<AppliedCounts> onCommit;
    private final Consumer<String> onError;
    private final BlockingQueue<Batch> waiting = new ArrayBlockingQueue<>(MAX_WAITING_BATCHES);
    private final int worthWaitingFor;
    private final Thread thread;

    /** @param receivers how many hand batches over, each one at a time */
    public Applying(
            int receivers,
            Database database,
            EventTransaction transaction,
            InstantSource clock,
            Pace pace,
            Faults faults,
            Halt halt,
            Consumer<AppliedCounts> onCommit,
            Consumer<String> onError) {
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
        this.pace = pace;
        this.faults = faults;
        this.halt = halt;
        this.onCommit = onCommit;
        this.onError = onError;
        // The other half receives meanwhile.
        worthWaitingFor = receivers / 2;
        thread = Thread.ofPlatform().name("applying").start(this::run);
    }

    /** Hands a batch over; the future completes once it is on disk, or is cancelled where the consumer closes before that. */
    public CompletableFuture<AppliedCounts> apply(List<Delivery> deliveries) throws InterruptedException {
        Batch batch = new Batch(deliveries, new CompletableFuture<>());
        waiting.put(batch);
        return batch.committed();
    }

    /** Whether batches are held on purpose: then more of them at once would undo it. */
    public boolean isSlow() {
        return pace.slowMillis() > 0;
    }

    /** Ends the thread after the transaction in hand; batches that still wait are cancelled. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        waiting.forEach(batch -> batch.committed().cancel(false));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Batch> inHand = new ArrayList<>();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                inHand.clear();
                take(inHand);
                pace.hold();
                AppliedCounts applied = commit(deliveriesOf(inHand));
                onCommit.accept(applied);
                inHand.forEach(batch -> batch.committed().complete(applied));
            }
        } catch (InterruptedException e) {
            inHand.forEach(batch -> batch.committed().cancel(false));
        } catch (RuntimeException | Error e) {
            // Nothing else would notice that this thread is gone: the receivers would wait for ever.
            LOG.error("event=bug where=applying", e);
            halt.now("bug while applying: " + e);
        }
    }

    private void take(List<Batch> inHand) throws InterruptedException {
        Batch first = waiting.take();
        inHand.add(first);
        int events = first.deliveries().size();
        int company = events >= BACKLOG_BATCH ? worthWaitingFor : 1;
        long endNanos = System.nanoTime() + MAX_WAIT_FOR_COMPANY.toNanos();
        while (events < MAX_EVENTS_IN_TRANSACTION) {
            Batch next = inHand.size() < company
                    ? waiting.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)
                    : waiting.poll();
            if (next == null) {
                return;
            }
            inHand.add(next);
            events += next.deliveries().size();
        }
    }

    private static List<Delivery> deliveriesOf(List<Batch> batches) {
        List<Delivery> deliveries = new ArrayList<>();
        batches.forEach(batch -> deliveries.addAll(batch.deliveries()));
        return deliveries;
    }

    private AppliedCounts commit(List<Delivery> deliveries) throws InterruptedException {
        while (true) {
            try {
                AppliedCounts applied = database.write(tx -> {
                    AppliedCounts inTransaction = transaction.apply(tx, deliveries, clock.millis());
                    if (inTransaction.events() > 0) {
                        faults.at(Moment.BEFORE_COMMIT);
                    }
                    return inTransaction;
                });
                if (applied.events() > 0) {
                    faults.at(Moment.AFTER_COMMIT);
                }
                return applied;
            } catch (DatabaseException e) {
                transaction.forget();
                if (e.isBeyondRetry()) {
                    halt.now("the database cannot be trusted any more: " + e.getMessage());
                }
                onError.accept(e.getMessage() + "; " + deliveries.size() + " messages stay in hand, trying again");
                Thread.sleep(RETRY_PAUSE);
            }
        }
    }
}
