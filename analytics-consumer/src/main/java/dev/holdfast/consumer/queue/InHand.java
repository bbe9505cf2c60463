package dev.holdfast.consumer.queue;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The messages received and not yet done with, and the heartbeat that keeps their visibility timeout from running out meanwhile. Bounded
 * by what the receivers gather. Thread-safe.
 */
final class InHand {
    private static final Logger LOG = Logger.getLogger(InHand.class);

    private final PriceQueue queue;
    private final InstantSource clock;

    /** When each message's timeout began to run last, in Unix milliseconds, by receipt handle. */
    private final Map<String, Long> timeoutBeganAt = new ConcurrentHashMap<>();

    InHand(PriceQueue queue, InstantSource clock) {
        this.queue = queue;
        this.clock = clock;
    }

    void hold(List<String> receiptHandles) {
        long now = clock.millis();
        receiptHandles.forEach(receiptHandle -> timeoutBeganAt.put(receiptHandle, now));
    }

    void release(Collection<String> receiptHandles) {
        receiptHandles.forEach(timeoutBeganAt::remove);
    }

    int count() {
        return timeoutBeganAt.size();
    }

    /** Begins the timeout anew for what has used up half of it. */
    void extend() {
        int timeoutSeconds = queue.visibilityTimeoutSeconds().orElse(0);
        if (timeoutSeconds == 0) {
            return;
        }
        long now = clock.millis();
        List<String> due = new ArrayList<>();
        timeoutBeganAt.forEach((receiptHandle, beganAt) -> {
            if (now - beganAt >= timeoutSeconds * 500L) {
                due.add(receiptHandle);
            }
        });
        if (!due.isEmpty()) {
            extend(due, timeoutSeconds);
        }
    }

    private void extend(List<String> receiptHandles, int timeoutSeconds) {
        long now = clock.millis();
        try {
            queue.changeVisibility(receiptHandles, timeoutSeconds)
                    .forEach(refusal -> LOG.debugf("event=visibility-not-extended reason=%s", refusal));
            // Not put: what was deleted meanwhile must not come back.
            receiptHandles.forEach(
                    receiptHandle -> timeoutBeganAt.computeIfPresent(receiptHandle, (handle, beganAt) -> now));
        } catch (SdkException e) {
            LOG.debugf("event=visibility-not-extended reason=%s", e.getMessage());
        }
    }
}
