package dev.holdfast.queue.engine;

/**
 * What a look at the disk found.
 *
 * @param messages of all queues together
 * @param deliveries in flight, delayed or returned
 */
public record Recovery(int queues, long messages, int deliveries, long tookMillis) {
    static final Recovery NONE = new Recovery(0, 0, 0, 0);
}
