package dev.holdfast.queue.message;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored message: everything that does not change while it is delivered. How it is being delivered is told by its {@code
 * Delivery}.
 *
 * @param key the row's id, see {@link dev.holdfast.queue.store.MessageKey}
 * @param origin null for a message that is no dead letter
 */
public record Message(
        long key,
        UUID messageId,
        Content content,
        Grouping grouping,
        Arrival arrival,
        @Nullable DeadLetterOrigin origin) {

    public String body() {
        return content.body();
    }

    public @Nullable String groupId() {
        return grouping.groupId();
    }

    public long sentAtMillis() {
        return arrival.sentAtMillis();
    }

    /** When its retention began, in milliseconds since 1970. */
    public long retainedSince() {
        return arrival.retainedSince();
    }

    /** How often it was received in other queues. */
    public int priorReceives() {
        return origin == null ? 0 : origin.receives();
    }

    /** What it takes in memory, about. */
    public int weightBytes() {
        byte[] attributes = content.attributes();
        return 300 + content.body().length() + (attributes == null ? 0 : attributes.length);
    }

    /** The same message as another row, for instance in another queue. */
    public Message withKey(long newKey) {
        return new Message(newKey, messageId, content, grouping, arrival, origin);
    }

    /**
     * What it becomes in the dead-letter queue: the same message, which keeps its id, its time and its count.
     *
     * @param receives in the queue that it leaves
     */
    public Message asDeadLetter(
            String sourceArn, int receives, @Nullable Long firstReceivedAtMillis, boolean toFifo, long nowMillis) {
        return new Message(
                key,
                messageId,
                content,
                toFifo ? grouping.withDeduplicationId(messageId.toString()) : grouping,
                // Retention begins anew in a FIFO queue only (Developer Guide, dead-letter queue retention).
                new Arrival(sentAtMillis(), toFifo ? nowMillis : retainedSince(), nowMillis),
                new DeadLetterOrigin(sourceArn, priorReceives() + receives, firstReceivedAtMillis));
    }

    /** What it becomes when it is redriven: a new message with the same content, sent now. */
    public Message asNew(UUID newId, boolean toFifo, long nowMillis) {
        return new Message(
                key,
                newId,
                content,
                toFifo ? grouping.withDeduplicationId(messageId.toString()) : grouping,
                Arrival.sent(nowMillis),
                null);
    }
}
