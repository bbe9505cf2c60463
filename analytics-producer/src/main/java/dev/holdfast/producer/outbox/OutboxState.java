package dev.holdfast.producer.outbox;

import java.util.List;
import java.util.UUID;

/**
 * One committed state of the outbox: {@code acknowledged() + unsent = generated}.
 *
 * @param generated the last sequence given out
 * @param offeredThrough the highest sequence that may be sent; what lies above it was certainly not
 * @param acknowledgedThrough the highest sequence such that it and all before it are acknowledged
 * @param unsent messages stored and not acknowledged
 * @param spareCopies acknowledged resends after an attempt of unknown outcome
 * @param poisonSent poison messages acknowledged
 * @param poisonGenerated poison messages generated
 * @param marks the newest, oldest first
 */
public record OutboxState(
        UUID producerId,
        String currency,
        long generated,
        long offeredThrough,
        long acknowledgedThrough,
        long unsent,
        long spareCopies,
        long poisonSent,
        long poisonGenerated,
        Settings settings,
        List<Mark> marks) {
    public static final int MARKS_KEPT = 100;

    public long acknowledged() {
        return generated - unsent;
    }
}
