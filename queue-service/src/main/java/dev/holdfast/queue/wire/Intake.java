package dev.holdfast.queue.wire;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How much of what clients send and receive is in memory at once, so that it has a bound, and what was turned away.
 * Thread-safe.
 */
@Singleton
final class Intake {
    private static final int FRACTION_OF_HEAP = 8;

    /** Why a request or a connection was turned away. */
    enum Refusal {
        /** {@link HttpLimits#maxBodyBytes} */
        BODY_TOO_LONG,
        /** {@link HttpLimits#bodyTimeout} */
        BODY_TOO_SLOW,
        /** {@link HttpLimits#maxBytesInHand} */
        TOO_MUCH_IN_HAND
    }

    private final HttpLimits limits;
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);

    @Inject
    Intake(HttpLimits limits) {
        this.limits = limits;
        this.maxBytes = limits.maxBytesInHand()
                .map(size -> size.asLongValue())
                .orElse(Runtime.getRuntime().maxMemory() / FRACTION_OF_HEAP);
        Arrays.stream(Refusal.values()).forEach(refusal -> refusals.put(refusal, new LongAdder()));
    }

    HttpLimits limits() {
        return limits;
    }

    /** Takes the bytes if there is room for them; one request alone always has it. */
    boolean tryTake(long more) {
        if (bytes.addAndGet(more) <= maxBytes || bytes.get() == more) {
            return true;
        }
        bytes.addAndGet(-more);
        return false;
    }

    /** For messages that are in memory already; {@link #hasRoom} was asked before they were read. */
    void take(long more) {
        bytes.addAndGet(more);
    }

    void giveBack(long taken) {
        bytes.addAndGet(-taken);
    }

    boolean hasRoom() {
        return bytes.get() < maxBytes;
    }

    long bytes() {
        return bytes.get();
    }

    void refused(Refusal why) {
        counter(why).increment();
    }

    long refusals(Refusal why) {
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
