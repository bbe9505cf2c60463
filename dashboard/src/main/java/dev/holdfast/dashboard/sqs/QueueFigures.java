package dev.holdfast.dashboard.sqs;

import dev.holdfast.proof.Ledger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The depth of one queue at one moment. Exact where {@code ledger} is present, approximate (SQS's own word) where it
 * is null because the server keeps none.
 */
public record QueueFigures(
        String name,
        long waiting,
        long delayed,
        long inFlight,
        @Nullable Long oldestAgeSeconds,
        @Nullable Ledger ledger,
        @Nullable Instant createdAt,
        @Nullable String deadLetterQueue) {

    /** All messages in the queue, whatever their state. */
    public long stored() {
        return waiting + delayed + inFlight;
    }
}
