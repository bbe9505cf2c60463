package dev.holdfast.dashboard.analytics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest run of one named consumer.
 *
 * @param state as the consumer wrote it, or silent: without an end and without a heartbeat for five seconds
 */
public record ConsumerSession(
        String name,
        long pid,
        int port,
        String state,
        Instant since,
        Instant startedAt,
        Instant heartbeatAt,
        @Nullable Instant lastCommitAt,
        long applied,
        long duplicatesAbsorbed,
        long failures) {}
