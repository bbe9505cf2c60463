package dev.holdfast.queue.message;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored message as it was sent: everything that does not change while it is delivered. What changes is its {@link
 * Delivery}.
 *
 * @param key the row's id, see {@link MessageId}
 * @param retainedFromMillis when its retention began, where that is not when it was sent
 * @param md5OfBody in lower-case hexadecimal, where it is known since the send; of what was read from disk it is not
 * @param attributes custom attributes in the canonical form of {@link MessageAttributes}
 * @param sender the account that sent it
 * @param sourceArn the queue it was in before it became a dead letter
 * @param priorReceives how often it was received in other queues
 * @param movedAtMillis when it came here from another queue; null where it was sent here
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; handed to the encoder as it is.
public record Message(
        long key,
        UUID messageId,
        long sentAtMillis,
        @Nullable Long retainedFromMillis,
        String body,
        @Nullable String md5OfBody,
        byte @Nullable [] attributes,
        String sender,
        @Nullable String traceHeader,
        @Nullable String groupId,
        @Nullable String deduplicationId,
        @Nullable String sourceArn,
        int priorReceives,
        @Nullable Long firstReceivedAtMillis,
        @Nullable Long movedAtMillis) {

    public long retainedSince() {
        return retainedFromMillis != null ? retainedFromMillis : sentAtMillis;
    }

    /** What it takes in memory, about. */
    public int weightBytes() {
        return 300 + body.length() + (attributes == null ? 0 : attributes.length);
    }

    /** The same message as another row, for instance in another queue. */
    public Message withKey(long newKey) {
        return new Message(
                newKey,
                messageId,
                sentAtMillis,
                retainedFromMillis,
                body,
                md5OfBody,
                attributes,
                sender,
                traceHeader,
                groupId,
                deduplicationId,
                sourceArn,
                priorReceives,
                firstReceivedAtMillis,
                movedAtMillis);
    }
}
