package dev.holdfast.consumer.apply;

/** What one transaction did. */
public record Applied(long events, long duplicates, long failures) {
    public static Applied nothing() {
        return new Applied(0, 0, 0);
    }

    public Applied plus(Applied other) {
        return new Applied(events + other.events, duplicates + other.duplicates, failures + other.failures);
    }
}
