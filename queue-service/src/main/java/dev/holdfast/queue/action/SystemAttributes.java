package dev.holdfast.queue.action;

import dev.holdfast.queue.engine.Received;
import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.message.MessageId;
import dev.holdfast.queue.message.SequenceNumber;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What SQS tells about a message beside what its sender said; only what a receive asks for. */
final class SystemAttributes {
    private SystemAttributes() {}

    static Map<String, String> of(Received received, boolean fifo, Set<String> names) {
        Message message = received.message();
        Map<String, String> all = new TreeMap<>();
        put(all, "SenderId", message.sender());
        put(all, "SentTimestamp", Long.toString(message.sentAtMillis()));
        put(all, "ApproximateReceiveCount", Integer.toString(message.priorReceives() + received.receiveCount()));
        put(all, "ApproximateFirstReceiveTimestamp", Long.toString(received.firstReceivedAtMillis()));
        if (fifo) {
            put(all, "SequenceNumber", SequenceNumber.of(MessageId.sequence(message.key())));
        }
        put(all, "MessageDeduplicationId", message.deduplicationId());
        put(all, "MessageGroupId", message.groupId());
        put(all, "AWSTraceHeader", message.traceHeader());
        put(all, "DeadLetterQueueSourceArn", message.sourceArn());
        if (!names.contains("All")) {
            all.keySet().retainAll(names);
        }
        return all;
    }

    private static void put(Map<String, String> all, String name, @Nullable String value) {
        if (value != null) {
            all.put(name, value);
        }
    }
}
