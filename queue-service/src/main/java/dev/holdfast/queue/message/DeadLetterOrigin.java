package dev.holdfast.queue.message;

import org.jspecify.annotations.Nullable;

/**
 * What a dead letter brings along.
 *
 * @param queueArn the queue in which it was received too often
 * @param receives how often it was received before it came here, in all queues together
 */
public record DeadLetterOrigin(
        String queueArn, int receives, @Nullable Long firstReceivedAtMillis) {}
