package dev.holdfast.benchmark.client;

/**
 * The queues of one scenario on one server: their URLs differ in four digits only, so that a request changes queues in place.
 *
 * @param urlPrefix the QueueUrl up to the digits
 * @param count 1 to 10,000
 * @param groups the groups that its messages belong to in turn
 */
public record Queues(String urlPrefix, int count, Groups groups) {
    static final int DIGITS = 4;
    static final String FIFO_SUFFIX = ".fifo";

    public boolean fifo() {
        return groups.fifo();
    }

    /** The name of a queue of this set. */
    public static String name(String set, int number, boolean fifo) {
        return "%s-%04d%s".formatted(set, number, fifo ? FIFO_SUFFIX : "");
    }

    /** The set to which the queue of number 0 with this URL belongs. */
    public static Queues of(String urlOfFirst, int count, Groups groups) {
        int suffix = DIGITS + (groups.fifo() ? FIFO_SUFFIX.length() : 0);
        return new Queues(urlOfFirst.substring(0, urlOfFirst.length() - suffix), count, groups);
    }

    public String url(int number) {
        return "%s%04d%s".formatted(urlPrefix, number, fifo() ? FIFO_SUFFIX : "");
    }
}
