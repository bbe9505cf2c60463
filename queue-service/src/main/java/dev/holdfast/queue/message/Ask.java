package dev.holdfast.queue.message;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a receive asks for.
 *
 * @param max 1 to 10
 * @param visibilityTimeout 0 to 12 hours
 * @param attemptId names the receive, so that it can be asked again; FIFO queues only
 */
record Ask(int max, Duration visibilityTimeout, @Nullable String attemptId) {}
