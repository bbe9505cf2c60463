package dev.holdfast.queue.http;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.http.admission.Admission;
import dev.holdfast.queue.http.admission.Share;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request while it arrives, within the bounds of the {@link Admission}. Beyond them its bytes are dropped
 * but still read, so that the client gets to see the answer. Used on the I/O thread of its connection.
 */
final class RequestBody {
    private static final Buffer EMPTY = Buffer.buffer(0);

    private final Admission admission;
    private final long maxBytes;
    private final Share share;
    private Buffer bytes = EMPTY;
    private long length;

    /** Whether {@link #bytes} is a buffer of our own; a body that comes in one chunk is not copied. */
    private boolean owned;

    /** The first bound that was reached. */
    private Admission.@Nullable Refusal dropped;

    /** @param share is charged with the body until the answer has been written */
    RequestBody(Admission admission, Share share) {
        this.admission = admission;
        this.maxBytes = admission.limits().maxBodyBytes().asLongValue();
        this.share = share;
    }

    void add(Buffer chunk) {
        length += chunk.length();
        if (length > maxBytes) {
            drop(Admission.Refusal.BODY_TOO_LONG);
        } else if (dropped != null || !share.tryTake(chunk.length())) {
            drop(Admission.Refusal.TOO_MUCH_IN_HAND);
        } else {
            append(chunk);
        }
    }

    private void drop(Admission.Refusal why) {
        if (dropped == null) {
            dropped = why;
            admission.refused(why);
        }
        bytes = EMPTY;
        share.giveBack();
    }

    private void append(Buffer chunk) {
        if (bytes.length() == 0) {
            bytes = chunk;
        } else {
            bytes = (owned ? bytes : copy(bytes)).appendBuffer(chunk);
        }
    }

    /**
     * Chunks cannot always grow: under TLS they are slices of what was decrypted. The declared length does not count, since
     * declaring a lot costs a client nothing.
     */
    private Buffer copy(Buffer chunk) {
        owned = true;
        return Buffer.buffer(2 * chunk.length()).appendBuffer(chunk);
    }

    /**
     * The whole body, once: it is not kept here any longer.
     *
     * @throws SqsException RequestEntityTooLarge or RequestThrottled for a body that was dropped
     */
    byte[] take() {
        if (length > maxBytes) {
            throw SqsError.REQUEST_TOO_LARGE.because(
                    "The body is longer than " + maxBytes + " bytes (holdfast.limits.max-body-bytes).");
        }
        if (dropped != null) {
            throw SqsError.REQUEST_THROTTLED.because(
                    "The server has as many bytes of requests and messages in hand as it may"
                            + " (holdfast.limits.max-bytes-in-hand). Try again with exponential back-off.");
        }
        byte[] whole = bytes.getBytes();
        bytes = EMPTY;
        return whole;
    }
}
