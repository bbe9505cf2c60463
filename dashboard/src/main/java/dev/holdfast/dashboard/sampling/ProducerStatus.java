package dev.holdfast.dashboard.sampling;

import dev.holdfast.proof.ProducerSide;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the dashboard uses of infra/contract/producer-status.schema.json; the words are explained there. */
public record ProducerStatus(
        String producerId,
        String currency,
        Instant startedAt,
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
        @Nullable String heldBack,
        long sendErrors,
        @Nullable LastError lastError,
        String queueState,
        String queueStateText,
        @Nullable SendLatency sendLatencyMillis,
        @Nullable Instant lastEventAt,
        @Nullable Instant lastAcknowledgedAt,
        List<ProducerMark> marks,
        @Nullable LastCall lastCall) {

    /** What of it the proof weighs. */
    ProducerSide evidence() {
        return new ProducerSide(producerId, acknowledged, acknowledgedThrough, outbox);
    }

    /** Why sends fail, or failed last. */
    public record LastError(
            String code,
            String message,
            Instant since,
            Instant at,
            @Nullable Instant resolvedAt) {}

    /** Over the last successful batches. */
    public record SendLatency(double p50, double p99, int samples) {}

    /** A change of the producer, for the charts. */
    public record ProducerMark(long id, Instant at, String kind, String text) {}

    /** As an AWS CLI command. */
    public record LastCall(Instant at, String command) {}

    /** The same without the marks, which travel with the history instead of with every sample. */
    ProducerStatus withoutMarks() {
        return new ProducerStatus(
                producerId,
                currency,
                startedAt,
                running,
                requestedRate,
                targetRate,
                actualRate,
                generated,
                acknowledgedThrough,
                acknowledged,
                outbox,
                spareCopies,
                poisonSent,
                burstRemaining,
                poisonRemaining,
                heldBack,
                sendErrors,
                lastError,
                queueState,
                queueStateText,
                sendLatencyMillis,
                lastEventAt,
                lastAcknowledgedAt,
                List.of(),
                lastCall);
    }
}
