package dev.holdfast.queue.api;

import java.net.InetAddress;

/**
 * By which way a request came.
 *
 * @param source the client's address, not that of a trusted proxy before it
 * @param secure whether it came over TLS as far as this server, or a trusted proxy before it, can tell
 */
public record Transport(InetAddress source, boolean secure) {
    /** Of what the server itself asks for. */
    public static final Transport NONE = new Transport(InetAddress.getLoopbackAddress(), true);
}
