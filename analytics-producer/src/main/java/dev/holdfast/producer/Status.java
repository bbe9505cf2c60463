package dev.holdfast.producer;

import dev.holdfast.producer.generating.HeldBack;
import dev.holdfast.producer.generating.Rfc3339Millis;
import dev.holdfast.producer.sending.CircuitBreaker;
import dev.holdfast.producer.sending.QueueState;
import dev.holdfast.producer.sending.SendStatistics;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the producer knows of itself; each member is described in infra/contract/producer-status.schema.json. */
public record Status(
        UUID producerId,
        String currency,
        long seed,
        @Rfc3339Millis Instant startedAt,
        boolean running,
        double requestedRate,
        double targetRate,
        double actualRate,
        long generated,
        long acknowledgedThrough,
        long acknowledged,
        long outbox,
        long spareCopies,
        long poisonSent,
        long burstRemaining,
        long poisonRemaining,
        int batchesInFlight,
        @Nullable HeldBack heldBack,
        long sendErrors,
        @Nullable LastError lastError,
        String queueName,
        @Nullable String queueUrl,
        QueueState queueState,
        String queueStateText,
        @Rfc3339Millis @Nullable Instant queueReachableSince,
        @Rfc3339Millis @Nullable Instant queueUnreachableSince,
        SendStatistics.@Nullable Latency sendLatencyMillis,
        @Rfc3339Millis @Nullable Instant lastEventAt,
        @Rfc3339Millis @Nullable Instant lastAcknowledgedAt,
        List<Mark> marks,
        @Nullable LastCall lastCall) {

    /** @param resolvedAt null while it lasts */
    public record LastError(
            String code,
            String message,
            @Rfc3339Millis Instant since,
            @Rfc3339Millis Instant at,
            @Rfc3339Millis @Nullable Instant resolvedAt) {
        static @Nullable LastError of(CircuitBreaker.@Nullable LastError error) {
            return error == null
                    ? null
                    : new LastError(error.code(), error.message(), error.since(), error.at(), error.resolvedAt());
        }
    }

    /** A change worth a label on a chart. */
    public record Mark(
            long id,
            @Rfc3339Millis Instant at,
            String kind,
            @Nullable Double value,
            String text) {
        static Mark of(dev.holdfast.producer.outbox.Mark mark) {
            return new Mark(mark.id(), mark.at(), mark.kind().name(), mark.value(), mark.text());
        }
    }

    /** The SQS call made last, as a command to copy. */
    public record LastCall(@Rfc3339Millis Instant at, String command) {}
}
