package dev.holdfast.dashboard.sampling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Turns a counter that only grows into a rate a second over the last few readings. For one thread. */
final class RateWindow {
    /** Long enough to smooth batches of ten, short enough that a stop shows at once. */
    private static final Duration SPAN = Duration.ofSeconds(5);

    private record Reading(Instant at, long count) {}

    private final Deque<Reading> readings = new ArrayDeque<>();

    /** The rate a second up to now; null until two readings exist, and after the counter was unknown or began anew. */
    @Nullable Double add(Instant now, @Nullable Long count) {
        if (count == null) {
            readings.clear();
            return null;
        }
        Reading last = readings.peekLast();
        if (last != null && count < last.count()) {
            readings.clear();
        }
        readings.addLast(new Reading(now, count));
        while (readings.size() > 2 && readings.getFirst().at().plus(SPAN).isBefore(now)) {
            readings.removeFirst();
        }
        Reading first = readings.getFirst();
        long millis = Duration.between(first.at(), now).toMillis();
        return millis <= 0 ? null : (count - first.count()) * 1000.0 / millis;
    }
}
