package dev.holdfast.consumer;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what must come true, ten times longer than it should take. */
public final class Deadline {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Deadline() {}

    /** What is looked at. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    public static void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                fail("not within %s: %s", PATIENCE, what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
