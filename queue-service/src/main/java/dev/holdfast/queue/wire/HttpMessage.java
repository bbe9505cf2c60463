package dev.holdfast.queue.wire;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire, whole, before anything is decoded.
 *
 * @param path as sent, still percent-encoded
 * @param query what stands behind the "?", still percent-encoded; null without one
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
public record HttpMessage(
        String method, String path, @Nullable String query, MultiMap headers, byte[] body) {
    private static final String PLAIN = "identity";

    /**
     * The body, which is text.
     *
     * @throws SqsException for one that is encoded once more, or that is not UTF-8
     */
    byte[] utf8() {
        String encoding = headers.get(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase(PLAIN)) {
            throw SqsError.SERIALIZATION.because("The Content-Encoding " + encoding
                    + " is not served; send the body as it is, without compression.");
        }
        if (!Utf8.isValid(body)) {
            throw SqsError.SERIALIZATION.because("The body is not valid UTF-8.");
        }
        return body;
    }
}
