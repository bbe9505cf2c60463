package dev.holdfast.queue.order;

/** A sum of recent processing times: what was added fades with a half-life of one minute. Writer thread only. */
final class ProcessingTime {
    private static final double HALF_LIFE_MILLIS = 60_000;

    private double millis;
    private long atMillis;

    void add(long processingMillis, long nowMillis) {
        millis = at(nowMillis) + processingMillis;
        atMillis = nowMillis;
    }

    /** The sum as it has faded by now, in milliseconds. */
    double at(long nowMillis) {
        return millis == 0 ? 0 : millis * Math.pow(0.5, (nowMillis - atMillis) / HALF_LIFE_MILLIS);
    }
}
