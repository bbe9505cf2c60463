package dev.holdfast.queue.message;

/**
 * The number a FIFO queue gives to a message: 20 digits, growing with every message of the queue, not consecutive (SQS API
 * reference, SendMessage).
 */
public final class SequenceNumber {
    private static final int GAP_BITS = 8;

    private SequenceNumber() {}

    /**
     * @param sequence of the message in its queue, from 1 to 2^40
     */
    public static String of(long sequence) {
        String digits = Long.toString(sequence << GAP_BITS);
        return "1" + "0".repeat(19 - digits.length()) + digits;
    }
}
