package dev.holdfast.queue.engine;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.order.Delivery;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What recent receives of a FIFO queue gave out, by ReceiveRequestAttemptId: a consumer that lost the answer asks again and gets
 * the same messages under the same handles. A restart forgets them; the messages then wait for their timeout. Writer thread
 * only.
 */
final class ReceiveAttempts {
    /** About 2 MiB; beyond it the oldest attempt is forgotten before its five minutes are over. */
    private static final int MAX_ATTEMPTS = 10_000;

    private final Map<String, Attempt> attempts = new LinkedHashMap<>();

    private record Given(Delivery delivery, int receiveCount, long visibleAtMillis) {
        /** Neither deleted, nor changed, nor returned since. */
        boolean stands() {
            return delivery.isInFlightBy(receiveCount) && delivery.visibleAtMillis() == visibleAtMillis;
        }
    }

    private record Attempt(long atMillis, List<Given> given) {
        boolean isOver(long nowMillis) {
            return nowMillis - atMillis >= Limits.DEDUPLICATION_INTERVAL.toMillis();
        }
    }

    /** What the attempt gave out, if all of it still stands; null when this is a new receive. */
    @Nullable List<Delivery> find(@Nullable String attemptId, long nowMillis) {
        Attempt attempt = attemptId == null ? null : attempts.get(attemptId);
        if (attempt == null
                || attempt.isOver(nowMillis)
                || !attempt.given.stream().allMatch(Given::stands)) {
            return null;
        }
        return attempt.given.stream().map(Given::delivery).toList();
    }

    void remember(@Nullable String attemptId, List<Delivery> deliveries, long nowMillis) {
        if (attemptId == null || deliveries.isEmpty()) {
            return;
        }
        List<Given> given = new ArrayList<>(deliveries.size());
        for (Delivery delivery : deliveries) {
            given.add(new Given(delivery, delivery.receiveCount(), delivery.visibleAtMillis()));
        }
        attempts.remove(attemptId);
        attempts.put(attemptId, new Attempt(nowMillis, given));
        Iterator<Attempt> oldest = attempts.values().iterator();
        while (attempts.size() > MAX_ATTEMPTS
                || attempts.values().iterator().next().isOver(nowMillis)) {
            oldest.next();
            oldest.remove();
        }
    }
}
