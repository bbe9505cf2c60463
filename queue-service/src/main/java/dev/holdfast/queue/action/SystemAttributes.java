package dev.holdfast.queue.action;

import dev.holdfast.queue.engine.Received;
import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.message.NameFilter;
import dev.holdfast.queue.message.SequenceNumber;
import dev.holdfast.queue.queues.QueueAttribute;
import dev.holdfast.queue.store.MessageKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What SQS tells about a message beside what its sender said; only what a receive asks for. */
final class SystemAttributes {
    private static final Set<String> NAMES = Set.of(
            "SenderId",
            "SentTimestamp",
            "ApproximateReceiveCount",
            "ApproximateFirstReceiveTimestamp",
            "SequenceNumber",
            "MessageDeduplicationId",
            "MessageGroupId",
            "AWSTraceHeader",
            "DeadLetterQueueSourceArn");

    private SystemAttributes() {}

    /**
     * The API's model lists names of queue attributes here, too; they ask for nothing.
     *
     * @throws dev.holdfast.queue.api.SqsException InvalidAttributeName
     */
    static void requireKnown(List<String> names) {
        for (String name : names) {
            if (!NAMES.contains(name) && !NameFilter.isPattern(name)) {
                var unused = QueueAttribute.named(name);
            }
        }
    }

    static Map<String, String> of(Received received, boolean fifo, Set<String> names) {
        Message message = received.message();
        Map<String, String> all = new TreeMap<>();
        put(all, "SenderId", message.content().sender());
        put(all, "SentTimestamp", Long.toString(message.sentAtMillis()));
        put(all, "ApproximateReceiveCount", Integer.toString(message.priorReceives() + received.receiveCount()));
        put(all, "ApproximateFirstReceiveTimestamp", Long.toString(received.firstReceivedAtMillis()));
        if (fifo) {
            put(all, "SequenceNumber", SequenceNumber.of(MessageKey.sequence(message.key())));
        }
        put(all, "MessageDeduplicationId", message.grouping().deduplicationId());
        put(all, "MessageGroupId", message.groupId());
        put(all, "AWSTraceHeader", message.content().traceHeader());
        put(
                all,
                "DeadLetterQueueSourceArn",
                message.origin() == null ? null : message.origin().queueArn());
        all.keySet().removeIf(name -> !NameFilter.matches(names, name));
        return all;
    }

    private static void put(Map<String, String> all, String name, @Nullable String value) {
        if (value != null) {
            all.put(name, value);
        }
    }
}
