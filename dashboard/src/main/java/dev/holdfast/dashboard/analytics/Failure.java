package dev.holdfast.dashboard.analytics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message the consumers refused, and why. */
public record Failure(
        String messageId,
        @Nullable Long sequence,
        int receiveCount,
        String reason,
        String bodyStart,
        String consumer,
        Instant lastRefusedAt) {}
