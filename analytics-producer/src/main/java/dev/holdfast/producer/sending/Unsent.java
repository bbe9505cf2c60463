package dev.holdfast.producer.sending;

import dev.holdfast.producer.outbox.OutboxMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The messages of the outbox that no call is carrying, lowest sequence first. Thread-safe; the outbox's limit bounds it. */
public final class Unsent {
    private record Later(OutboxMessage message, long dueNanos) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<OutboxMessage> ready =
            new PriorityQueue<>(Comparator.comparingLong(OutboxMessage::sequence));
    private final PriorityQueue<Later> later = new PriorityQueue<>((a, b) -> Long.signum(a.dueNanos - b.dueNanos));
    private long offeredThrough;
    private boolean stopped;

    /** New ones, or a batch that did not get through. */
    public void add(Collection<OutboxMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            ready.addAll(messages);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Messages up to this sequence may be handed out: the outbox has taken note that they may be sent. */
    public void offer(long through) {
        lock.lock();
        try {
            offeredThrough = through;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One that the queue refused: kept back for a while, so that it does not fill every batch. */
    void addLater(OutboxMessage message, Duration delay) {
        lock.lock();
        try {
            later.add(new Later(message, System.nanoTime() + delay.toNanos()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Up to max messages, as soon as there is one; none after the timeout or once stopped. */
    List<OutboxMessage> take(int max, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        lock.lock();
        try {
            while (!stopped) {
                long now = System.nanoTime();
                while (!later.isEmpty() && later.element().dueNanos - now <= 0) {
                    ready.add(later.remove().message);
                }
                if (isOffered()) {
                    return pollUpTo(max);
                }
                long wait = deadline - now;
                if (wait <= 0) {
                    return List.of();
                }
                changed.awaitNanos(later.isEmpty() ? wait : Math.min(wait, later.element().dueNanos - now));
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private boolean isOffered() {
        return !ready.isEmpty() && ready.element().sequence() <= offeredThrough;
    }

    private List<OutboxMessage> pollUpTo(int max) {
        var batch = new ArrayList<OutboxMessage>(max);
        while (batch.size() < max && isOffered()) {
            batch.add(ready.remove());
        }
        return batch;
    }

    /** Nothing is handed out any more. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Those whose earlier attempt may have reached the queue. */
    public List<OutboxMessage> ofUnknownOutcome() {
        lock.lock();
        try {
            var messages = new ArrayList<OutboxMessage>();
            ready.stream().filter(OutboxMessage::maybeSent).forEach(messages::add);
            later.stream().map(Later::message).filter(OutboxMessage::maybeSent).forEach(messages::add);
            return messages;
        } finally {
            lock.unlock();
        }
    }
}
