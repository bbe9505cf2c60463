package dev.holdfast.dashboard.sampling;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.holdfast.dashboard.sqs.QueueFigures;
import dev.holdfast.proof.QueueSide;
import org.jspecify.annotations.Nullable;

/**
 * The queue and its dead-letter queue, as last read. Figures stay when the server stops answering: {@code contact}
 * says that they are old.
 *
 * @param ledger whether the figures come from an exact ledger in one snapshot
 * @param evidence both ledgers as the proof weighs them; null without a ledger
 */
public record QueueReading(
        Contact contact,
        boolean ledger,
        @Nullable QueueFigures main,
        @Nullable QueueFigures deadLetters,
        @JsonIgnore @Nullable QueueSide evidence) {}
