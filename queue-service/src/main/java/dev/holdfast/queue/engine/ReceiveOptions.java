package dev.holdfast.queue.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a receive asks for.
 *
 * @param max 1 to 10
 * @param visibilityTimeout 0 to 12 hours
 * @param attemptId names the receive, so that it can be asked again; FIFO queues only
 */
public record ReceiveOptions(
        int max, Duration visibilityTimeout, @Nullable String attemptId) {}
