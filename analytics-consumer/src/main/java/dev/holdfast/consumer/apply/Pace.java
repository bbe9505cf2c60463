package dev.holdfast.consumer.apply;

import java.time.Duration;

/** How long each batch is held before its transaction: nothing, except where a lesson wants a slow consumer. Thread-safe. */
public final class Pace {
    public static final int MAX_SLOW_MILLIS = 60_000;

    private volatile int slowMillis;

    /** Milliseconds, 0 to {@value #MAX_SLOW_MILLIS}. */
    public void slowDown(int millis) {
        slowMillis = millis;
    }

    public int slowMillis() {
        return slowMillis;
    }

    /** Outside any transaction, so that a slow consumer does not hold up others on the same file. */
    void hold() throws InterruptedException {
        Thread.sleep(Duration.ofMillis(slowMillis));
    }
}
