package dev.holdfast.consumer.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits longer after each failure, up to a bound, each time a random part of it, so that receivers do not come back in step. */
final class Backoff {
    private static final long FIRST_MILLIS = 200;

    /** A queue that is back is noticed within this. */
    private static final long LONGEST_MILLIS = 3_000;

    private final RandomGenerator random;
    private long nextMillis = FIRST_MILLIS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    void pause() throws InterruptedException {
        Thread.sleep(Duration.ofMillis(random.nextLong(nextMillis / 2, nextMillis + 1)));
        nextMillis = Math.min(2 * nextMillis, LONGEST_MILLIS);
    }

    void reset() {
        nextMillis = FIRST_MILLIS;
    }
}
