package dev.holdfast.consumer.aggregate;

import dev.holdfast.consumer.event.Identity;
import java.util.Comparator;

/** A price at a time. The order decides what is first and last: event time, then identity, so that no two are ever equal. */
public record Observation(long occurredAtMillis, Identity identity, long priceMinor)
        implements Comparable<Observation> {
    private static final Comparator<Observation> ORDER =
            Comparator.comparingLong(Observation::occurredAtMillis).thenComparing(Observation::identity);

    @Override
    public int compareTo(Observation other) {
        return ORDER.compare(this, other);
    }

    Observation earlier(Observation other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Observation later(Observation other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
