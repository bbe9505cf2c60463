package dev.holdfast.dashboard.sampling;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the dashboard uses of infra/contract/consumer-status.schema.json; the words are explained there. */
public record ConsumerStatus(
        String name,
        String state,
        Instant since,
        Instant startedAt,
        long pid,
        long applied,
        long duplicatesAbsorbed,
        long failures,
        @Nullable Instant lastCommitAt,
        double appliedRate,
        long inHand,
        boolean queueReachable,
        Instant queueReachableSince,
        @Nullable String lastError,
        long receives,
        long emptyReceives,
        long slowMillis,
        boolean extendVisibility,
        @Nullable Long visibilityTimeoutSeconds,
        boolean faults,
        List<Producer> producers) {

    /** What was applied of one producer. */
    public record Producer(String producerId, long applied, long duplicatesAbsorbed, long highestSequence) {}
}
