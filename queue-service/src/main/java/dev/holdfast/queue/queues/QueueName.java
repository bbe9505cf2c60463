package dev.holdfast.queue.queues;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.SqsError;

/** A queue's name: 1 to 80 of A-Z, a-z, 0-9, hyphen and underscore; a FIFO queue's ends in ".fifo", which counts. */
public record QueueName(String value) {
    private static final String FIFO_SUFFIX = ".fifo";

    /**
     * @throws dev.holdfast.queue.api.SqsException InvalidParameterValue
     */
    public static QueueName parse(String text) {
        if (!isName(text)) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        return new QueueName(text);
    }

    /** Whether a queue can have this name. */
    public static boolean isName(String text) {
        String stem = text.endsWith(FIFO_SUFFIX) ? text.substring(0, text.length() - FIFO_SUFFIX.length()) : text;
        return !stem.isEmpty()
                && text.length() <= Limits.MAX_QUEUE_NAME_LENGTH
                && stem.chars().allMatch(QueueName::isAllowed);
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    public boolean isFifo() {
        return value.endsWith(FIFO_SUFFIX);
    }

    @Override
    public String toString() {
        return value;
    }
}
