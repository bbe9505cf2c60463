package dev.holdfast.producer.generating;

/**
 * Turns a rate into whole events: what is due since the last look, with fractions carried over. What could not be generated in time is
 * not made up for beyond one second, so that a pause is followed by the set rate and not by a flood. Not thread-safe.
 */
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private long lastNanos;
    private double credit;

    TokenBucket(long nowNanos) {
        lastNanos = nowNanos;
    }

    /** Events due now at a rate per second, at most one second's worth. */
    int due(long nowNanos, double ratePerSecond) {
        double seconds = (nowNanos - lastNanos) / NANOS_PER_SECOND;
        lastNanos = nowNanos;
        credit = Math.min(credit + seconds * ratePerSecond, Math.max(1, ratePerSecond));
        return (int) credit;
    }

    void generated(int count) {
        credit -= count;
    }

    /** Time passed while nothing was wanted or possible. */
    void rest(long nowNanos) {
        lastNanos = nowNanos;
    }
}
