package dev.holdfast.queue.http.admission;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds how much of what clients send and receive is in memory at once, and counts what was turned away.
 * Thread-safe.
 */
@Singleton
public final class Admission {
    private static final int FRACTION_OF_HEAP = 8;

    /** Why a request or a connection was turned away. */
    public enum Refusal {
        /** {@link HttpLimits#maxBodyBytes} */
        BODY_TOO_LONG,
        /** {@link HttpLimits#bodyTimeout} */
        BODY_TOO_SLOW,
        /** {@link HttpLimits#maxBytesInHand} */
        TOO_MUCH_IN_HAND,
        /** {@link HttpLimits#maxHeadBytesInHand} */
        TOO_MANY_HEADS,
        /** {@link HttpLimits#maxConnectionsPerAddress} */
        TOO_MANY_FROM_ONE_ADDRESS,
        /** Not HTTP/1 to the letter. */
        MALFORMED
    }

    private final HttpLimits limits;
    private final Budget messages;
    private final Budget heads;
    private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);

    @Inject
    public Admission(HttpLimits limits) {
        this.limits = limits;
        this.messages = budget(limits.maxBytesInHand());
        this.heads = budget(limits.maxHeadBytesInHand());
        Arrays.stream(Refusal.values()).forEach(refusal -> refusals.put(refusal, new LongAdder()));
    }

    private static Budget budget(Optional<MemorySize> size) {
        return new Budget(
                size.map(MemorySize::asLongValue).orElse(Runtime.getRuntime().maxMemory() / FRACTION_OF_HEAP));
    }

    public HttpLimits limits() {
        return limits;
    }

    /** Of bodies that have arrived and messages on their way out. */
    public Budget messages() {
        return messages;
    }

    /** Of heads of requests, with what they occupy beside their bytes. */
    public Budget heads() {
        return heads;
    }

    public void refused(Refusal why) {
        counter(why).increment();
    }

    public long refusals(Refusal why) {
        return counter(why).sum();
    }

    private LongAdder counter(Refusal why) {
        LongAdder counter = refusals.get(why);
        if (counter == null) {
            throw new IllegalStateException(why + " is not counted");
        }
        return counter;
    }
}
