package dev.holdfast.benchmark.client;

/**
 * The message groups of a queue.
 *
 * @param count how many; 0 for a queue whose messages have none
 * @param fifo whether the queue is FIFO; otherwise the groups are the tenants of a fair queue
 */
public record Groups(int count, boolean fifo) {
    public static final Groups NONE = new Groups(0, false);

    public static Groups fifo(int count) {
        return new Groups(count, true);
    }

    public static Groups fair(int count) {
        return new Groups(count, false);
    }

    public boolean exist() {
        return count > 0;
    }
}
