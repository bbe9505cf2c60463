package dev.holdfast.producer.sending;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: doubling up to a limit, half of it at random so that producers do not come back in step. */
public record Backoff(Duration first, Duration max) {
    /** @param failures in a row so far, from 1 */
    Duration delay(int failures, RandomGenerator random) {
        int doublings = Math.min(failures - 1, 30);
        long full = Math.min(max.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
