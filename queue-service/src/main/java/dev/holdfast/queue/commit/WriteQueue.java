package dev.holdfast.queue.commit;

import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The writes that wait for a transaction, in the order they came, bounded in number and bytes. A write that was taken counts
 * until its transaction has ended, since it holds its memory until then. Any thread may add; the writer takes, and sleeps
 * here while there is nothing to do.
 */
final class WriteQueue {
    private final Queue<Write> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final InstantSource clock;
    private final LongSupplier nextWakeMillis;
    private volatile @Nullable Thread sleeper;
    private volatile boolean closed;

    /** @param nextWakeMillis when the writer has something to do without a write; Long.MAX_VALUE for never */
    WriteQueue(InstantSource clock, LongSupplier nextWakeMillis) {
        this.clock = clock;
        this.nextWakeMillis = nextWakeMillis;
    }

    /** False when too much waits already, or the queue is closed. */
    boolean add(Write write) {
        int size = write.sizeBytes();
        if (closed
                || count.get() >= GroupCommit.MAX_WAITING_WRITES
                || bytes.get() + size > GroupCommit.MAX_WAITING_BYTES) {
            return false;
        }
        count.incrementAndGet();
        bytes.addAndGet(size);
        waiting.add(write);
        wakeUp();
        return true;
    }

    /** Makes the writer look at the clock again. */
    void wakeUp() {
        Thread asleep = sleeper;
        if (asleep != null) {
            LockSupport.unpark(asleep);
        }
    }

    /** Fills the batch with what waits, or sleeps until there is something to do. False when closed and drained. */
    boolean take(List<Write> batch, int max) {
        while (true) {
            for (Write write = poll(); write != null; write = poll()) {
                batch.add(write);
                if (batch.size() == max) {
                    return true;
                }
            }
            if (!batch.isEmpty() || isDue()) {
                return true;
            }
            if (closed) {
                return false;
            }
            sleep();
        }
    }

    /** Whether the clock asks for something. */
    boolean isDue() {
        return nextWakeMillis.getAsLong() <= clock.millis();
    }

    private void sleep() {
        sleeper = Thread.currentThread();
        try {
            // Whoever adds or closes after this look sees the sleeper.
            if (waiting.isEmpty() && !closed) {
                long wake = nextWakeMillis.getAsLong();
                if (wake == Long.MAX_VALUE) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(Math.max(0, wake - clock.millis())));
                }
            }
        } finally {
            sleeper = null;
        }
    }

    /** Null when none waits. */
    @Nullable Write poll() {
        return waiting.poll();
    }

    /** The transaction of a write that was taken has ended. */
    void finished(Write write) {
        count.decrementAndGet();
        bytes.addAndGet(-write.sizeBytes());
    }

    int count() {
        return count.get();
    }

    /** Takes no more; what waits is still taken. */
    void close() {
        closed = true;
        wakeUp();
    }

    boolean isClosed() {
        return closed;
    }
}
