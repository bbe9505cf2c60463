package dev.holdfast.queue.engine;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.order.Heap;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The long polls that wait, oldest first for each queue, without a thread or a timer each.
 *
 * <p>A poll registers inside the transaction that found nothing, and whatever makes a message visible runs on the same
 * thread, so no wake-up can fall between looking and waiting. A send serves the waiters of its queue in its own
 * transaction: both answers leave after the one commit. A waiter whose connection is closed takes nothing.
 *
 * <p>Two heaps say when the writer must look at the clock next: the deadlines of the waiters, and the next instant at
 * which a queue with waiters gets a visible message. Writer thread only.
 */
public final class LongPolls {
    /** More than any program waits with on purpose; beyond it a long poll answers at once. */
    static final int MAX_WAITERS = 20_000;

    private static final long MIN_ALARM_MILLIS = 5;

    private final Map<Long, Line> lines = new HashMap<>();
    private final Heap<Waiter> deadlines = new Heap<>();
    private final Heap<Line> alarms = new Heap<>();

    /** What this transaction did, to be undone if it fails. */
    private final List<Waiter> joined = new ArrayList<>();

    private final List<Waiter> left = new ArrayList<>();
    private volatile int size;

    /** Whether the server stops. */
    private boolean ended;

    /** The waiters of one queue. */
    private static final class Line extends Heap.Node {
        final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
        long alarmMillis;

        @Override
        public long order() {
            return alarmMillis;
        }
    }

    /** False when too many wait already, or when nobody is to wait any more. */
    public boolean join(Waiter waiter, QueueMessages messages, long nowMillis) {
        if (ended || deadlines.size() >= MAX_WAITERS) {
            return false;
        }
        add(waiter);
        joined.add(waiter);
        setAlarm(messages, nowMillis);
        return true;
    }

    private void add(Waiter waiter) {
        lines.computeIfAbsent(waiter.queueNumber, number -> new Line()).waiters.addLast(waiter);
        deadlines.add(waiter);
    }

    /** Drops a waiter whose client has gone. */
    public void abandon(Waiter waiter) {
        if (waiter.isInHeap()) {
            remove(waiter);
            waiter.answer.complete(List.of());
        }
    }

    private void remove(Waiter waiter) {
        deadlines.remove(waiter);
        Line line = lines.get(waiter.queueNumber);
        if (line == null || !line.waiters.remove(waiter)) {
            throw new IllegalStateException("waiter is in no line of queue " + waiter.queueNumber);
        }
        if (line.waiters.isEmpty()) {
            if (line.isInHeap()) {
                alarms.remove(line);
            }
            lines.remove(waiter.queueNumber);
        }
    }

    /** Hands what is visible to those who wait for it. */
    void serve(Tx tx, QueueMessages messages) throws SQLException {
        Line line = lines.get(messages.queue().number());
        while (line != null && !line.waiters.isEmpty()) {
            Waiter waiter = line.waiters.peek();
            boolean gone = waiter.connection.isGone();
            // Without memory for its messages it waits on; the alarm looks again in a moment.
            List<Received> received =
                    gone || !waiter.connection.hasRoom() ? List.of() : messages.receive(tx, waiter.options);
            if (received.isEmpty() && !gone) {
                break;
            }
            waiter.connection.holds(Received.weightBytes(received));
            leave(tx, waiter, received);
        }
        setAlarm(messages, tx.nowMillis());
    }

    private void leave(Tx tx, Waiter waiter, List<Received> received) {
        remove(waiter);
        left.add(waiter);
        tx.afterCommit(() -> waiter.answer.complete(received));
    }

    /** Tells those who wait on a queue that it is gone. */
    void queueDropped(Tx tx, long queueNumber) {
        Line line = lines.get(queueNumber);
        while (line != null && !line.waiters.isEmpty()) {
            Waiter waiter = line.waiters.element();
            remove(waiter);
            left.add(waiter);
            tx.afterCommit(() -> waiter.answer.completeExceptionally(
                    SqsError.QUEUE_DOES_NOT_EXIST.because("The specified queue does not exist.")));
        }
    }

    private void setAlarm(QueueMessages messages, long nowMillis) {
        Line line = lines.get(messages.queue().number());
        if (line == null) {
            return;
        }
        if (line.isInHeap()) {
            alarms.remove(line);
        }
        long next = messages.nextVisibleAtMillis();
        if (next != Long.MAX_VALUE) {
            // What is due and still cannot be served, because too much is in flight, must not keep the writer busy.
            line.alarmMillis = Math.max(next, nowMillis + MIN_ALARM_MILLIS);
            alarms.add(line);
        }
    }

    /** Answers with nothing those whose wait is over. */
    void expireDeadlines(Tx tx) {
        while (deadlines.firstOrder() <= tx.nowMillis()) {
            Waiter waiter = deadlines.peek();
            if (waiter == null) {
                return;
            }
            leave(tx, waiter, List.of());
        }
    }

    /** Answers all with nothing, and from now on lets nobody wait. */
    void end(Tx tx) {
        ended = true;
        for (Waiter waiter = deadlines.peek(); waiter != null; waiter = deadlines.peek()) {
            Line line = Objects.requireNonNull(lines.get(waiter.queueNumber));
            while (!line.waiters.isEmpty()) {
                leave(tx, line.waiters.element(), List.of());
            }
        }
    }

    /** The number of a queue that should have something for its waiters by now; null when there is none. */
    @Nullable Long nextDueQueue(long nowMillis) {
        Line line = alarms.peek();
        if (line == null || line.alarmMillis > nowMillis) {
            return null;
        }
        return line.waiters.element().queueNumber;
    }

    long nextWakeMillis() {
        return Math.min(deadlines.firstOrder(), alarms.firstOrder());
    }

    /** Thread-safe, as of the last transaction. */
    int size() {
        return size;
    }

    void committed() {
        size = deadlines.size();
        joined.clear();
        left.clear();
    }

    /** Everyone is where they were before the transaction. */
    void rolledBack() {
        for (Waiter waiter : joined) {
            if (waiter.isInHeap()) {
                remove(waiter);
            }
        }
        left.removeAll(joined);
        for (Waiter waiter : left.reversed()) {
            lines.computeIfAbsent(waiter.queueNumber, number -> new Line())
                    .waiters
                    .addFirst(waiter);
            deadlines.add(waiter);
        }
        committed();
    }
}
