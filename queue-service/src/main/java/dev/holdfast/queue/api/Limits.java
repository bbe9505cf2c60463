package dev.holdfast.queue.api;

import java.time.Duration;

/**
 * Every quota of Amazon SQS, once. Sources: the SQS API model and the Developer Guide's pages on standard queue, FIFO
 * queue and message quotas.
 */
public final class Limits {
    /** Of a message (body and attributes, in UTF-8), of a batch in sum, and the most a queue may be set to. */
    public static final int MAX_MESSAGE_BYTES = 1_048_576;

    public static final int MIN_MAXIMUM_MESSAGE_BYTES = 1_024;
    public static final int MAX_BATCH_ENTRIES = 10;
    public static final int MAX_BATCH_ID_LENGTH = 80;
    public static final int MAX_RECEIVED_MESSAGES = 10;
    public static final int MAX_ATTRIBUTES_PER_MESSAGE = 10;
    public static final int MAX_ATTRIBUTE_NAME_LENGTH = 256;
    public static final int MAX_QUEUE_NAME_LENGTH = 80;
    public static final int MAX_DELAY_SECONDS = 900;
    public static final int MAX_WAIT_SECONDS = 20;
    public static final int MAX_VISIBILITY_SECONDS = 43_200;
    public static final int MIN_RETENTION_SECONDS = 60;
    public static final int MAX_RETENTION_SECONDS = 1_209_600;
    public static final int MAX_RECEIVE_COUNT = 1_000;
    public static final int MAX_REDRIVE_SOURCES = 10;

    /** In flight in one queue, standard and FIFO. */
    public static final int MAX_IN_FLIGHT = 120_000;

    public static final int MAX_LIST_RESULTS = 1_000;
    public static final int MAX_TAGS = 50;
    public static final int MAX_TAG_KEY_LENGTH = 128;
    public static final int MAX_TAG_VALUE_LENGTH = 256;
    public static final int MAX_GROUP_ID_LENGTH = 128;
    public static final int MAX_MOVE_TASK_RESULTS = 10;
    public static final int MAX_MOVED_PER_SECOND = 500;
    public static final int MAX_PERMISSION_LABEL_LENGTH = 80;
    public static final int MAX_PERMISSION_ACTIONS = 7;

    /** A message received this often without being deleted goes to the back of a standard queue when it returns. */
    public static final int RECEIVES_BEFORE_BACK_OF_QUEUE = 3;

    /** Between two purges of a queue, and between deleting a queue and creating its namesake (strict timing). */
    public static final Duration PURGE_AND_DELETE_PAUSE = Duration.ofSeconds(60);

    /** A group of a standard queue with fewer in flight than this is never noisy for their number. */
    public static final int NOISY_GROUP_MIN_IN_FLIGHT = 30;

    /** A noisy group that has sent nothing for so long is quiet again. */
    public static final Duration NOISY_GROUP_FORGIVEN_AFTER = Duration.ofMinutes(5);

    public static final Duration DEDUPLICATION_INTERVAL = Duration.ofMinutes(5);

    private Limits() {}
}
