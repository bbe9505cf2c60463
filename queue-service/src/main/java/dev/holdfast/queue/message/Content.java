package dev.holdfast.queue.message;

import org.jspecify.annotations.Nullable;

/**
 * What a sender said. It goes along unchanged wherever the message goes.
 *
 * @param md5OfBody in lower-case hexadecimal, where it is known since the send; of what was read from disk it is not
 * @param attributes custom attributes in the canonical form of {@link MessageAttributes}
 * @param sender the account that sent it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; handed to the encoder as it is.
public record Content(
        String body,
        @Nullable String md5OfBody,
        byte @Nullable [] attributes,
        String sender,
        @Nullable String traceHeader) {}
