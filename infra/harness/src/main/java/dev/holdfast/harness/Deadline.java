package dev.holdfast.harness;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How tests wait for what happens by itself: they look every few milliseconds, and fail after ten times what a busy machine needs. */
public final class Deadline {
    public static final Duration LIMIT = Duration.ofMinutes(1);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private Deadline() {}

    /**
     * To be followed by {@code until} or {@code untilAsserted}. Looks in the thread of the test, so that a browser or a connection that
     * belongs to one thread can be looked at, too.
     *
     * @param what stands in the message of the failure
     */
    public static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_LOOKS)
                .pollInSameThread();
    }
}
