package dev.holdfast.dashboard.sampling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Messages a second over the last five seconds; null while unknown.
 *
 * @param in acknowledged to the producer
 * @param applied by all consumers
 * @param drainSeconds until the queue is empty if both rates stay; null when it does not drain
 */
public record Rates(
        @Nullable Double in,
        @Nullable Double applied,
        @Nullable Double drainSeconds) {

    /** Below this many messages a queue is in step, and a drain time would only flicker. */
    private static final long BACKLOG = 100;

    private static final Duration LONGEST_ESTIMATE = Duration.ofDays(1);

    static Rates of(@Nullable Double in, @Nullable Double applied, QueueReading queue) {
        if (in == null
                || applied == null
                || queue.main() == null
                || queue.main().stored() < BACKLOG) {
            return new Rates(in, applied, null);
        }
        double seconds = queue.main().stored() / (applied - in);
        boolean drains = applied > in && seconds < LONGEST_ESTIMATE.toSeconds();
        return new Rates(in, applied, drains ? seconds : null);
    }
}
