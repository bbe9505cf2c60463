package dev.holdfast.queue.message;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that has passed every check and only lacks its place and time. Made on the I/O thread.
 *
 * @param utf8 the body as it will be stored
 * @param fingerprint what a duplicate of it is known by; null on a standard queue
 * @param delay null for the queue's own
 * @param sizeBytes as SQS counts it: body, and names, types and values of attributes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record NewMessage(
        UUID messageId,
        Content content,
        byte[] utf8,
        Grouping grouping,
        @Nullable Fingerprint fingerprint,
        @Nullable Duration delay,
        int sizeBytes) {

    public Message stored(long key, long nowMillis) {
        return new Message(key, messageId, content, grouping, Arrival.sent(nowMillis), null);
    }
}
