package dev.holdfast.queue.api;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The circumstances of one request: who asks, through which address, and whether anybody still listens.
 *
 * @param account the caller's account, twelve digits, or "anonymous"
 * @param baseUrl scheme and authority that queue URLs start with, for instance "http://localhost:9324"
 * @param transport by which way, for conditions of policies
 * @param traceHeader of the request itself (X-Amzn-Trace-Id), for messages that bring none of their own
 * @param connection tells whether the client is known to be gone; read on the writer thread
 * @param executor runs what is left to do for the answer on the I/O thread of the connection
 */
public record Call(
        String account,
        String baseUrl,
        Transport transport,
        @Nullable String traceHeader,
        Connection connection,
        Executor executor) {
    public static final String ANONYMOUS = "anonymous";

    /** What the server itself asks for. */
    public Call(String account, String baseUrl, Connection connection, Executor executor) {
        this(account, baseUrl, Transport.NONE, null, connection, executor);
    }

    /** Thread-safe. */
    public interface Connection {
        /** True once the connection is known to be closed: nothing may be handed out to it any more. */
        boolean isGone();

        /** Runs the action when the client goes away before the answer; at once if it has gone already. */
        void onGone(Runnable action);

        /** Whether there is memory for messages to be handed out; asked before they are read. */
        default boolean hasRoom() {
            return true;
        }

        /** Whether there is memory for one more request that waits; asked before it does. */
        default boolean mayWait() {
            return true;
        }

        /** Notes what has been read for this answer, in bytes of memory, until it is written. */
        default void holds(long bytes) {}
    }

    public boolean isAnonymous() {
        return account.equals(ANONYMOUS);
    }
}
