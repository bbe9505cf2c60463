package dev.holdfast.queue.wire;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Names a request in its answer and in the log: a random UUID. It protects nothing, so a fast generator will do. */
public final class RequestId {
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_2 = 0x8000_0000_0000_0000L;

    private RequestId() {}

    public static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xF000L) | VERSION_4;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | VARIANT_2;
        return new UUID(high, low).toString();
    }
}
