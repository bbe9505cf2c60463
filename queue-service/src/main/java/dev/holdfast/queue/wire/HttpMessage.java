package dev.holdfast.queue.wire;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire, whole, before anything is decoded.
 *
 * @param path as sent, still percent-encoded
 * @param query what stands behind the "?", still percent-encoded; null without one
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
public record HttpMessage(
        String method, String path, @Nullable String query, MultiMap headers, byte[] body) {}
