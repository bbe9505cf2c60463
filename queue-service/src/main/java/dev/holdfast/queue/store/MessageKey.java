package dev.holdfast.queue.store;

import java.util.regex.Pattern;

/**
 * The id of a row in {@code message} and {@code delivery}: the number of its queue in the high bits, its sequence in that
 * queue in the low 40. A queue's arrivals are therefore one ascending range of keys.
 *
 * <p>SQL writes the same two functions as {@code queue_of(id)} and {@code id_of(queue, sequence)}. {@link Sql} replaces them
 * before a statement is prepared, by the expressions over which the indexes of the schema are built: a function that SQLite
 * had to call would find no index.
 */
public final class MessageKey {
    private static final int SEQUENCE_BITS = 40;
    public static final long MAX_SEQUENCE = (1L << SEQUENCE_BITS) - 1;

    private static final Pattern QUEUE_OF = Pattern.compile("queue_of\\(([^()]+)\\)");
    private static final Pattern ID_OF = Pattern.compile("id_of\\(([^(),]+), ([^(),]+)\\)");

    private MessageKey() {}

    public static long of(long queueNumber, long sequence) {
        return queueNumber << SEQUENCE_BITS | sequence;
    }

    public static long queueNumber(long key) {
        return key >> SEQUENCE_BITS;
    }

    public static long sequence(long key) {
        return key & MAX_SEQUENCE;
    }

    /** The largest key that a message of this queue can have. */
    public static long lastOf(long queueNumber) {
        return of(queueNumber, MAX_SEQUENCE);
    }

    static String expand(String sql) {
        String withQueues = QUEUE_OF.matcher(sql).replaceAll("($1 >> " + SEQUENCE_BITS + ")");
        return ID_OF.matcher(withQueues).replaceAll("((($1) << " + SEQUENCE_BITS + ") + $2)");
    }
}
