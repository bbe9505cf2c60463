package dev.holdfast.kit.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: doubling up to a limit, half of it at random so that clients do not come back in step. */
public record Backoff(Duration first, Duration max) {
    /** 2^30 times the first wait is past any limit, and does not overflow. */
    private static final int MOST_DOUBLINGS = 30;

    /** @param failures in a row so far, from 1 */
    public Duration delay(int failures, RandomGenerator random) {
        int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
        long full = Math.min(max.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
