package dev.holdfast.consumer.queue;

import dev.holdfast.consumer.apply.Applying;
import dev.holdfast.kit.retry.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * One loop: receive, have it applied, delete. It deletes only what is committed, and receives no more before that.
 *
 * <p>It runs on a virtual thread, where an interrupt closes the socket of the call it waits in: that is how a long poll is ended early.
 * Only a poll is ever interrupted, never the work on what it brought.
 */
final class Receiver {
    private static final Logger LOG = Logger.getLogger(Receiver.class);

    /**
     * Bounds what one receiver has in hand, and so what a crash sends back to the queue, to five hundred messages. Events of one
     * transaction share the rows of the aggregates they touch, so each costs less the more they are.
     */
    private static final int MAX_RECEIVES_TOGETHER = 50;

    /**
     * Where each receive takes long, few are gathered: the visibility timeout of the first already runs, and to extend it for many, ten in
     * a call, takes as long as everything else then. A tenth of the shortest timeout that makes sense, 2 s.
     */
    private static final Duration MAX_GATHERING = Duration.ofMillis(200);

    /** A queue that is back is noticed within three seconds. */
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(3));

    private final PriceQueue queue;
    private final InHand inHand;
    private final Applying applying;
    private final Gate gate;
    private final AtomicLong receives;
    private final AtomicLong emptyReceives;
    private int failuresInRow; // of the receiver's own thread
    private final Thread thread;
    private boolean interruptible; // guarded by this

    Receiver(
            int number,
            PriceQueue queue,
            InHand inHand,
            Applying applying,
            Gate gate,
            AtomicLong receives,
            AtomicLong emptyReceives) {
        this.queue = queue;
        this.inHand = inHand;
        this.applying = applying;
        this.gate = gate;
        this.receives = receives;
        this.emptyReceives = emptyReceives;
        thread = Thread.ofVirtual().name("receiver-" + number).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Ends the poll or the pause it waits in, if it does; the gate decides what it does next. */
    synchronized void interruptPoll() {
        if (interruptible) {
            thread.interrupt();
        }
    }

    Thread thread() {
        return thread;
    }

    private void run() {
        while (gate.awaitOpen()) {
            List<Message> messages = poll();
            if (!messages.isEmpty()) {
                work(messages);
            }
        }
    }

    private List<Message> poll() {
        if (!beginInterruptible()) {
            return List.of();
        }
        try {
            List<Message> messages = queue.receive();
            countReceive(messages);
            failuresInRow = 0;
            return messages;
        } catch (SdkException e) {
            // The queue's reachability tells it; what is left to do is to wait.
            pauseAfterFailure();
            return List.of();
        } finally {
            endInterruptible();
        }
    }

    private void pauseAfterFailure() {
        try {
            failuresInRow++;
            Thread.sleep(BACKOFF.delay(failuresInRow, ThreadLocalRandom.current()));
        } catch (InterruptedException e) {
            // Paused or stopped meanwhile: the gate knows. The flag ends with the interruptible stretch.
            Thread.currentThread().interrupt();
        }
    }

    private void work(List<Message> first) {
        Gathered gathered = new Gathered();
        try {
            take(gathered, first);
            gatherMore(gathered, first.size());
            applying.apply(gathered.deliveries()).get();
            delete(gathered.good());
        } catch (CancellationException e) {
            giveBack(gathered.all());
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("a batch ended neither committed nor cancelled", e);
        } finally {
            inHand.release(gathered.good());
        }
    }

    private void take(Gathered gathered, List<Message> messages) {
        inHand.hold(gathered.add(messages));
    }

    /** While receives come back full there is a backlog: a few of them share one transaction, so that each costs less. */
    private void gatherMore(Gathered gathered, int received) {
        try {
            int last = received;
            long endNanos = System.nanoTime() + MAX_GATHERING.toNanos();
            while (last == PriceQueue.MAX_BATCH
                    && gathered.receives() < MAX_RECEIVES_TOGETHER
                    && System.nanoTime() < endNanos
                    && gate.isOpen()
                    && !applying.isSlow()) {
                List<Message> more = queue.receiveWithoutWaiting();
                countReceive(more);
                take(gathered, more);
                last = more.size();
            }
        } catch (SdkException e) {
            LOG.debugf("event=no-more-gathered reason=%s", e.getMessage());
        }
    }

    private void countReceive(List<Message> messages) {
        receives.incrementAndGet();
        if (messages.isEmpty()) {
            emptyReceives.incrementAndGet();
        }
    }

    private void delete(List<String> receiptHandles) {
        try {
            queue.delete(receiptHandles).forEach(refusal -> LOG.debugf("event=message-not-deleted reason=%s", refusal));
        } catch (SdkException e) {
            LOG.debugf(
                    "event=messages-not-deleted count=%d effect=\"they come back and change nothing\"",
                    receiptHandles.size());
        }
    }

    private void giveBack(List<String> receiptHandles) {
        try {
            queue.changeVisibility(receiptHandles, 0);
        } catch (SdkException e) {
            LOG.debugf(
                    "event=messages-not-handed-back count=%d effect=\"they come back after their timeout\"",
                    receiptHandles.size());
        }
    }

    private synchronized boolean beginInterruptible() {
        interruptible = gate.isOpen();
        return interruptible;
    }

    private synchronized void endInterruptible() {
        interruptible = false;
        // Clears an interrupt that came too late to end the poll: what the poll brought is worked on undisturbed.
        boolean unused = Thread.interrupted();
    }
}
