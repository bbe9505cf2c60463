package dev.holdfast.benchmark.client;

/** The number that a body carries: which producer sent it, and the how-manieth message of the scenario it is. */
public final class MessageId {
    private static final int PRODUCER_SHIFT = 48;
    private static final long NUMBER_MASK = (1L << PRODUCER_SHIFT) - 1;

    private MessageId() {}

    /** {@code producer} 0 to 32,767, {@code number} 0 to 2^48 - 1. */
    public static long of(int producer, long number) {
        return ((long) producer << PRODUCER_SHIFT) | number;
    }

    public static int producer(long id) {
        return (int) (id >>> PRODUCER_SHIFT);
    }

    public static long number(long id) {
        return id & NUMBER_MASK;
    }

    /** The message group on a queue with so many groups. */
    public static int group(long id, int groups) {
        return (int) (number(id) % groups);
    }
}
