package dev.holdfast.queue.http.admission;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What requests may cost. The defaults of those that Quarkus enforces stand in application.properties. */
@ConfigMapping(prefix = "holdfast.limits")
public interface HttpLimits {
    /** A message of 1 MiB is a body of 6 MiB when every character of it is escaped. */
    @WithDefault("8M")
    MemorySize maxBodyBytes();

    /** A request whose body is not whole so long after its head is dropped together with its connection. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /**
     * Bodies that have arrived and messages on their way out, of all requests together; beyond it requests are throttled.
     * When absent an eighth of the heap: each byte is in memory up to five times while it is decoded, stored and written.
     */
    Optional<MemorySize> maxBytesInHand();

    /**
     * Heads of requests that arrive, are being served or wait, of all connections together, with 160 bytes for each line on top of
     * its own; beyond it requests are throttled, and a head that is not whole yet is dropped together with its connection. Polls wait
     * in three quarters of it only. When absent an eighth of the heap: 7,800 polls of an SDK, 3 KB each, with a heap of 256 MiB.
     */
    Optional<MemorySize> maxHeadBytesInHand();

    /** Room for 10,000 idle connections and for those that are busy. Further ones are closed at once. */
    int maxConnections();

    /**
     * Connections from one address: nearly all, because everything behind a proxy or a translated network has one. The rest is for
     * whoever comes from elsewhere, to look what is wrong. Further ones are closed at once.
     */
    @WithDefault("11000")
    int maxConnectionsPerAddress();

    /** Room for a session token of 8 KiB beside what every SDK sends. */
    MemorySize maxHeaderBytes();

    /** The request line. GET requests are for trying something out; messages belong in a body. */
    int maxUrlBytes();

    /**
     * A connection is closed after so long without a whole head or a chunk of a body coming in, or an answer going out. Longer
     * than SDKs keep an idle connection (60 s), so that none is closed just as it sends a request.
     */
    Duration idleTimeout();
}
