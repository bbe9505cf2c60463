package dev.holdfast.dashboard.sampling;

import dev.holdfast.dashboard.sqs.QueueFigures;
import org.jspecify.annotations.Nullable;

/**
 * The queue and its dead-letter queue, as last read. Figures stay when the server stops answering: {@code contact}
 * says that they are old.
 *
 * @param ledger whether the figures come from an exact ledger in one snapshot
 * @param droppedWithQueue messages that went with a deleted queue of these config; null without a ledger
 */
public record QueueReading(
        Contact contact,
        boolean ledger,
        @Nullable QueueFigures main,
        @Nullable QueueFigures deadLetters,
        @Nullable Long droppedWithQueue) {}
