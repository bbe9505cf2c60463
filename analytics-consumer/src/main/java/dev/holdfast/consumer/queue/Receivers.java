package dev.holdfast.consumer.queue;

import dev.holdfast.consumer.apply.Applying;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/** All receivers of this consumer, and the thread that watches over their messages' visibility timeout. Thread-safe. */
public final class Receivers {
    private static final Logger LOG = Logger.getLogger(Receivers.class);

    /** A fifth of half the shortest timeout, 1 s: early enough. */
    private static final long EXTEND_EVERY_MILLIS = 100;

    private static final long READ_TIMEOUT_EVERY_SECONDS = 5;

    private final PriceQueue queue;
    private final InHand inHand;
    private final Gate gate = new Gate();
    private final AtomicLong receives = new AtomicLong();
    private final AtomicLong emptyReceives = new AtomicLong();
    private final List<Receiver> receivers;
    private final ScheduledExecutorService watch = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("visibility-", 0).factory());
    private volatile boolean extendVisibility;

    public Receivers(int count, PriceQueue queue, Applying applying, InstantSource clock, boolean extendVisibility) {
        this.queue = queue;
        this.extendVisibility = extendVisibility;
        inHand = new InHand(queue, clock);
        receivers = IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Receiver(number, queue, inHand, applying, gate, receives, emptyReceives))
                .toList();
    }

    public void start() {
        gate.open();
        receivers.forEach(Receiver::start);
        watch.scheduleWithFixedDelay(this::extend, EXTEND_EVERY_MILLIS, EXTEND_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        watch.scheduleWithFixedDelay(this::readVisibilityTimeout, 0, READ_TIMEOUT_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Receives no more; what is in hand is finished. */
    public void pause() {
        gate.close();
        receivers.forEach(Receiver::interruptPoll);
    }

    public void resume() {
        gate.open();
    }

    /** Receives no more, ever. */
    public void stop() {
        gate.shut();
        receivers.forEach(Receiver::interruptPoll);
    }

    /** Waits until all have finished what they had in hand; false where the time was too short. */
    public boolean awaitEnd(Duration patience) {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        for (Receiver receiver : receivers) {
            try {
                if (!receiver.thread().join(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())))) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Ends the watch over visibility; after the receivers have ended. */
    public void close() {
        watch.shutdownNow();
    }

    /** Whether batches that take long get their timeout extended; off only to show what happens without. */
    public void extendVisibility(boolean extend) {
        extendVisibility = extend;
    }

    public boolean extendsVisibility() {
        return extendVisibility;
    }

    public int count() {
        return receivers.size();
    }

    public int inHand() {
        return inHand.count();
    }

    public long receives() {
        return receives.get();
    }

    public long emptyReceives() {
        return emptyReceives.get();
    }

    private void extend() {
        try {
            if (extendVisibility) {
                inHand.extend();
            }
        } catch (RuntimeException e) {
            // An exception would end the schedule.
            LOG.error("event=bug where=visibility-heartbeat", e);
        }
    }

    private void readVisibilityTimeout() {
        try {
            queue.readVisibilityTimeout();
        } catch (SdkException e) {
            LOG.debugf("event=visibility-timeout-not-read reason=%s", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("event=bug where=visibility-timeout", e);
        }
    }
}
