package dev.holdfast.producer.sending;

import dev.holdfast.kit.retry.Backoff;
import dev.holdfast.producer.outbox.Mark;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The gate before the queue. While the queue answers, everyone passes; after a failure nobody does until the back-off is over, and then
 * one alone tries for all. Thread-safe.
 */
public final class CircuitBreaker {
    private static final Logger LOG = Logger.getLogger(CircuitBreaker.class);

    private final Backoff backoff;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Consumer<Mark> marks;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private QueueState state = QueueState.CONNECTING;
    private Instant since;
    private int failuresInRow;
    private long retryAtNanos = System.nanoTime();
    private boolean someoneTries;
    /** Grows with every change of the gate, so that the outcome of a call from before it is told from the trial's. */
    private long turn;

    private boolean stopped;
    private @Nullable LastError lastError;

    public CircuitBreaker(Backoff backoff, InstantSource clock, RandomGenerator random, Consumer<Mark> marks) {
        this.backoff = backoff;
        this.clock = clock;
        this.random = random;
        this.marks = marks;
        this.since = clock.instant();
    }

    /**
     * @param since when this row of failures began
     * @param at the latest of them
     * @param resolvedAt the first success after it; null while it lasts
     */
    public record LastError(
            String code,
            String message,
            Instant since,
            Instant at,
            @Nullable Instant resolvedAt) {}

    /** @param since when the queue became reachable, or ceased to be */
    public record View(
            QueueState state, Instant since, @Nullable LastError lastError) {}

    public View view() {
        lock.lock();
        try {
            return new View(state, since, lastError);
        } finally {
            lock.unlock();
        }
    }

    public boolean isOpen() {
        return view().state() == QueueState.REACHABLE;
    }

    /** Waits until a call may be made and returns its turn, which {@link #succeeded} or {@link #failed} must follow; -1 when stopped. */
    long awaitTurn() throws InterruptedException {
        lock.lock();
        try {
            while (!stopped) {
                if (state == QueueState.REACHABLE) {
                    return turn;
                }
                long wait = retryAtNanos - System.nanoTime();
                if (!someoneTries && wait <= 0) {
                    someoneTries = true;
                    return ++turn;
                }
                if (someoneTries) {
                    changed.await();
                } else {
                    changed.awaitNanos(wait);
                }
            }
            return -1;
        } finally {
            lock.unlock();
        }
    }

    /** Any success opens the gate, also a late one: the queue is there. */
    void succeeded() {
        lock.lock();
        try {
            if (state == QueueState.REACHABLE) {
                return;
            }
            boolean wasLost = failuresInRow > 0;
            state = QueueState.REACHABLE;
            since = clock.instant();
            failuresInRow = 0;
            someoneTries = false;
            turn++;
            resolve();
            changed.signalAll();
            LOG.info("event=queue-reachable");
            if (wasLost) {
                marks.accept(Mark.of(since, Mark.Kind.QUEUE_BACK, "queue reachable"));
            }
        } finally {
            lock.unlock();
        }
    }

    void failed(long ofTurn, SendFailure failure) {
        lock.lock();
        try {
            note(failure);
            if (ofTurn != turn) {
                return; // It left before the gate moved; the trial decides.
            }
            boolean wasReachable = state == QueueState.REACHABLE;
            boolean isFirst = failuresInRow == 0;
            state = failure.queueMissing() ? QueueState.MISSING : QueueState.UNREACHABLE;
            failuresInRow++;
            someoneTries = false;
            turn++;
            long delayMillis = backoff.delay(failuresInRow, random).toMillis();
            retryAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
            changed.signalAll();
            if (wasReachable) {
                since = clock.instant();
            }
            if (isFirst) {
                LOG.warnf(
                        "event=queue-unreachable code=%s reason=\"%s\" effect=\"generating rests, trying again\"",
                        failure.code(), failure.message());
                marks.accept(Mark.of(clock.instant(), Mark.Kind.QUEUE_LOST, "queue not reached: " + failure.code()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Part of a call failed while the queue is there: reported, without closing the gate. */
    void note(SendFailure failure) {
        lock.lock();
        try {
            Instant now = clock.instant();
            boolean continues = lastError != null
                    && lastError.resolvedAt() == null
                    && lastError.code().equals(failure.code());
            lastError = new LastError(
                    failure.code(),
                    failure.message(),
                    continues && lastError != null ? lastError.since() : now,
                    now,
                    null);
        } finally {
            lock.unlock();
        }
    }

    /** A call went through without any failure. */
    void noteSuccess() {
        lock.lock();
        try {
            resolve();
        } finally {
            lock.unlock();
        }
    }

    private void resolve() {
        if (lastError != null && lastError.resolvedAt() == null) {
            lastError = new LastError(
                    lastError.code(), lastError.message(), lastError.since(), lastError.at(), clock.instant());
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
