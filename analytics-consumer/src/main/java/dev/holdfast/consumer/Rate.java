package dev.holdfast.consumer;

/** Events a second over the last five whole seconds and the one that runs. Thread-safe. */
final class Rate {
    private static final int SECONDS = 5;

    private final long[] counts = new long[SECONDS + 1];
    private long newestSecond;
    private final long beganAtMillis;

    Rate(long nowMillis) {
        beganAtMillis = nowMillis;
        newestSecond = nowMillis / 1000;
    }

    synchronized void add(long events, long nowMillis) {
        advance(nowMillis / 1000);
        counts[index(newestSecond)] += events;
    }

    synchronized double perSecond(long nowMillis) {
        advance(nowMillis / 1000);
        long events = 0;
        for (long count : counts) {
            events += count;
        }
        double wholeAndRunning = SECONDS + nowMillis % 1000 / 1000.0;
        double sinceBegin = Math.max(1, (nowMillis - beganAtMillis) / 1000.0);
        return events / Math.min(wholeAndRunning, sinceBegin);
    }

    private void advance(long second) {
        long steps = Math.min(second - newestSecond, counts.length);
        for (long i = 0; i < steps; i++) {
            counts[index(second - i)] = 0;
        }
        newestSecond = Math.max(newestSecond, second);
    }

    private int index(long second) {
        return (int) (second % counts.length);
    }
}
