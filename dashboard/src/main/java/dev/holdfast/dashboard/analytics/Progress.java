package dev.holdfast.dashboard.analytics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What all consumers together did over all time. */
public record Progress(
        long applied,
        long duplicatesAbsorbed,
        long failures,
        @Nullable Instant computedUpTo,
        @Nullable Instant lastCommitAt) {}
