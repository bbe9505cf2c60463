package dev.holdfast.kit.netty;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * What clients may make a service hold, and how long they may take. Each bound has a setting, {@code holdfast.limits.…}, by which the
 * log names it when it is reached. Thread-safe.
 */
@Singleton
public final class HttpBounds {
    private static final Logger LOG = Logger.getLogger(HttpBounds.class);
    private static final long BETWEEN_LINES_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int FRACTION_OF_HEAP = 8;

    private final int maxConnections;
    private final int maxConnectionsPerAddress;
    private final Duration headTimeout;
    private final Duration bodyTimeout;
    private final long maxBytesInHand;
    private final AtomicLong bytesInHand = new AtomicLong();
    private final Map<Bound, Count> counts = new EnumMap<>(Bound.class);

    /** Named as the settings are. */
    public enum Bound {
        MAX_CONNECTIONS,
        MAX_CONNECTIONS_PER_ADDRESS,
        HEAD_TIMEOUT,
        BODY_TIMEOUT,
        MAX_BYTES_IN_HAND;

        /** The name of its setting. */
        public String setting() {
            return "holdfast.limits." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How often a bound was reached, and what of it the log knows. */
    private static final class Count {
        private long all;
        private long logged;
        private long loggedAtNanos = System.nanoTime() - BETWEEN_LINES_NANOS;
    }

    /**
     * @param maxConnections room for thousands of slow ones beside those that are served; further ones are closed at once
     * @param maxConnectionsPerAddress nearly all of them, because everything behind a proxy has one address; the rest is for whoever comes
     *     from elsewhere to look what is wrong
     * @param headTimeout from the first byte of a head, or from the connection's begin, to the head's end
     * @param bodyTimeout from the end of a head to the body's end
     * @param maxBytesInHand heads that arrive and bodies that arrive or are being served, together; when absent an eighth of the heap
     */
    @Inject
    HttpBounds(
            @ConfigProperty(name = "holdfast.limits.max-connections", defaultValue = "5000") int maxConnections,
            @ConfigProperty(name = "holdfast.limits.max-connections-per-address", defaultValue = "4500")
                    int maxConnectionsPerAddress,
            @ConfigProperty(name = "holdfast.limits.head-timeout", defaultValue = "10s") Duration headTimeout,
            @ConfigProperty(name = "holdfast.limits.body-timeout", defaultValue = "5s") Duration bodyTimeout,
            @ConfigProperty(name = "holdfast.limits.max-bytes-in-hand") Optional<MemorySize> maxBytesInHand) {
        this.maxConnections = maxConnections;
        this.maxConnectionsPerAddress = maxConnectionsPerAddress;
        this.headTimeout = headTimeout;
        this.bodyTimeout = bodyTimeout;
        this.maxBytesInHand = maxBytesInHand
                .map(MemorySize::asLongValue)
                .orElse(Runtime.getRuntime().maxMemory() / FRACTION_OF_HEAP);
        Arrays.stream(Bound.values()).forEach(bound -> counts.put(bound, new Count()));
    }

    int maxConnections() {
        return maxConnections;
    }

    int maxConnectionsPerAddress() {
        return maxConnectionsPerAddress;
    }

    Duration headTimeout() {
        return headTimeout;
    }

    public Duration bodyTimeout() {
        return bodyTimeout;
    }

    /** Takes the bytes if there is room for them; false is counted. */
    public boolean tryTake(long bytes) {
        if (bytesInHand.addAndGet(bytes) <= maxBytesInHand) {
            return true;
        }
        giveBack(bytes);
        reached(Bound.MAX_BYTES_IN_HAND);
        return false;
    }

    public void giveBack(long bytes) {
        bytesInHand.addAndGet(-bytes);
    }

    /** Somebody was turned away. Logged at most once a minute, with how many were since. */
    public void reached(Bound bound) {
        Count count = counts.get(bound);
        if (count == null) {
            throw new IllegalStateException(bound + " is not counted");
        }
        long since;
        synchronized (count) {
            count.all++;
            if (System.nanoTime() - count.loggedAtNanos < BETWEEN_LINES_NANOS) {
                return;
            }
            since = count.all - count.logged;
            count.logged = count.all;
            count.loggedAtNanos = System.nanoTime();
        }
        LOG.warnf("event=limit-reached limit=%s turned_away=%d", bound.setting(), since);
    }
}
