package dev.holdfast.consumer.apply;

/** What one transaction did. */
public record AppliedCounts(long events, long duplicates, long failures) {
    public static AppliedCounts nothing() {
        return new AppliedCounts(0, 0, 0);
    }

    public AppliedCounts plus(AppliedCounts other) {
        return new AppliedCounts(events + other.events, duplicates + other.duplicates, failures + other.failures);
    }
}
