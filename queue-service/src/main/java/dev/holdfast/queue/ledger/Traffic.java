package dev.holdfast.queue.ledger;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What callers did to each queue since the process started, as CloudWatch counts it: messages of answered calls, where the
 * ledger counts rows. A restart begins at zero, as readers of counters expect. Thread-safe.
 */
public final class Traffic {
    private final Map<Long, OfQueue> queues = new ConcurrentHashMap<>();

    /** The counters of one queue. */
    public static final class OfQueue {
        private final LongAdder messagesSent = new LongAdder();
        private final LongAdder bytesSent = new LongAdder();
        private final LongAdder messagesReceived = new LongAdder();
        private final LongAdder emptyReceives = new LongAdder();
        private final LongAdder messagesDeleted = new LongAdder();

        public void sent(int messages, long bytes) {
            messagesSent.add(messages);
            bytesSent.add(bytes);
        }

        /** One receive was answered, with so many messages. */
        public void received(int messages) {
            if (messages == 0) {
                emptyReceives.increment();
            } else {
                messagesReceived.add(messages);
            }
        }

        /** Deletes that succeeded, also those of messages that were gone. */
        public void deleted(int messages) {
            messagesDeleted.add(messages);
        }

        public Totals totals() {
            return new Totals(
                    messagesSent.sum(),
                    bytesSent.sum(),
                    messagesReceived.sum(),
                    emptyReceives.sum(),
                    messagesDeleted.sum());
        }
    }

    /** The counters at an instant. */
    public record Totals(
            long messagesSent, long bytesSent, long messagesReceived, long emptyReceives, long messagesDeleted) {
        public static final Totals NONE = new Totals(0, 0, 0, 0, 0);

        public Totals plus(Totals other) {
            return new Totals(
                    messagesSent + other.messagesSent,
                    bytesSent + other.bytesSent,
                    messagesReceived + other.messagesReceived,
                    emptyReceives + other.emptyReceives,
                    messagesDeleted + other.messagesDeleted);
        }
    }

    public OfQueue of(long queueNumber) {
        OfQueue known = queues.get(queueNumber);
        return known != null ? known : queues.computeIfAbsent(queueNumber, number -> new OfQueue());
    }

    /** The queue was deleted. */
    public void forget(long queueNumber) {
        queues.remove(queueNumber);
    }
}
