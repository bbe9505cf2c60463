package dev.holdfast.queue.action;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.StrictBase64;
import dev.holdfast.queue.message.SipHash;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.queues.Queue;
import java.nio.ByteBuffer;

/**
 * What a consumer shows to delete a message or change its visibility: which message, and which of its receives. It
 * carries a keyed checksum, so that a handle cannot be made up, nor used on another queue. Immutable.
 *
 * @param key the message's row, which names its queue
 * @param receiveCount which receive of that message in this queue gave the handle, from 1
 */
record ReceiptHandle(long key, int receiveCount) {
    private static final int BYTES = 20;
    private static final int CHARACTERS = 27;
    private static final StrictBase64 BASE_64 = StrictBase64.URL_WITHOUT_PADDING;

    String encode(SipHash hash) {
        byte[] bytes = new byte[BYTES];
        ByteBuffer.wrap(bytes).putLong(key).putInt(receiveCount).putLong(hash.of(key, receiveCount));
        return BASE_64.encode(bytes);
    }

    /**
     * @throws dev.holdfast.queue.api.SqsException ReceiptHandleIsInvalid when it is not one of ours
     */
    static ReceiptHandle decode(String text, SipHash hash) {
        byte[] bytes = text.length() == CHARACTERS ? BASE_64.decode(text) : null;
        if (bytes != null) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            ReceiptHandle handle = new ReceiptHandle(buffer.getLong(), buffer.getInt());
            if (buffer.getLong() == hash.of(handle.key, handle.receiveCount)) {
                return handle;
            }
        }
        throw invalid(text);
    }

    /** On a FIFO queue a handle is good until its visibility timeout runs out. Amazon SQS has other words for it in a batch. */
    void requireCurrent(String text, Queue queue, Delivery delivery, boolean inBatch) {
        if (queue.isFifo() && !delivery.isInFlightBy(receiveCount)) {
            throw inBatch
                    ? SqsError.RECEIPT_HANDLE_IS_INVALID.because("The receipt handle has expired")
                    : SqsError.INVALID_PARAMETER_VALUE.because("Value " + text
                            + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.");
        }
    }

    static RuntimeException invalid(String text) {
        String shown = text.length() <= 200 ? text : text.substring(0, 200) + "…";
        return SqsError.RECEIPT_HANDLE_IS_INVALID.because(
                "The input receipt handle \"" + shown + "\" is not a valid receipt handle.");
    }
}
