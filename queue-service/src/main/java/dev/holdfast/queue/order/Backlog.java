package dev.holdfast.queue.order;

import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.message.MessageStore;
import dev.holdfast.queue.store.MessageKey;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one group, or those of a queue that have no group, which nobody has received yet, in the order they
 * arrived.
 *
 * <p>New ones are kept in memory while they fit; beyond that they stay on disk, an ascending range of keys that is read in
 * steps when its turn comes. So a backlog costs no memory, and while consumers keep up nothing is read at all. Writer
 * thread only.
 */
final class Backlog {
    private static final int READ_AHEAD_MESSAGES = 256;
    private static final int READ_AHEAD_MESSAGES_OF_GROUP = 32;
    private static final long READ_AHEAD_BYTES = 1 << 20;
    private static final long READ_AHEAD_BYTES_OF_GROUP = 128 << 10;

    private final MessageStore store;
    private final ReadAheadBudget budget;
    private final long queueNumber;
    private final @Nullable String groupId;
    private final ArrayDeque<Message> ahead = new ArrayDeque<>(1);

    /** Everything up to here has been taken; beyond it, up to loadedThrough, is in {@link #ahead}. */
    private long deliveredThrough;

    private long loadedThrough;

    /** Whether nothing stands on disk behind {@link #ahead}. */
    private boolean caughtUp;

    /**
     * @param groupId null for the messages without one
     * @param deliveredThrough the sequence up to which messages were taken before this start, or purged
     * @param empty whether nothing stands on disk beyond that
     */
    Backlog(
            MessageStore store,
            ReadAheadBudget budget,
            long queueNumber,
            @Nullable String groupId,
            long deliveredThrough,
            boolean empty) {
        this.store = store;
        this.budget = budget;
        this.queueNumber = queueNumber;
        this.groupId = groupId;
        this.deliveredThrough = deliveredThrough;
        this.loadedThrough = deliveredThrough;
        this.caughtUp = empty;
    }

    void arrived(Message message) {
        if (caughtUp && budget.tryTake(message.weightBytes())) {
            ahead.add(message);
            loadedThrough = MessageKey.sequence(message.key());
        } else {
            caughtUp = false;
        }
    }

    /** The next one, from disk where need be; null when there is none. */
    @Nullable Message peek(Tx tx) throws SQLException {
        if (ahead.isEmpty() && !caughtUp) {
            readAhead(tx);
        }
        return ahead.peek();
    }

    /** Takes what {@link #peek} has shown. */
    Message take() {
        Message next = ahead.remove();
        budget.giveBack(next.weightBytes());
        deliveredThrough = MessageKey.sequence(next.key());
        return next;
    }

    private void readAhead(Tx tx) throws SQLException {
        long after = MessageKey.of(queueNumber, loadedThrough);
        List<Message> rows = groupId == null
                ? store.readAhead(tx, queueNumber, after, READ_AHEAD_MESSAGES, READ_AHEAD_BYTES)
                : store.readAheadInGroup(
                        tx, queueNumber, groupId, after, READ_AHEAD_MESSAGES_OF_GROUP, READ_AHEAD_BYTES_OF_GROUP);
        for (Message message : rows) {
            budget.take(message.weightBytes());
            ahead.add(message);
            loadedThrough = MessageKey.sequence(message.key());
        }
        caughtUp = rows.isEmpty();
    }

    /** No message comes from here before this key, as far as memory knows; Long.MAX_VALUE when it is empty. */
    long earliestKey() {
        Message next = ahead.peek();
        if (next != null) {
            return next.key();
        }
        return caughtUp ? Long.MAX_VALUE : MessageKey.of(queueNumber, loadedThrough + 1);
    }

    /** Forgets what was read: rows were deleted behind its back, or memory is short. */
    void forget() {
        if (ahead.isEmpty() && caughtUp) {
            return;
        }
        for (Message message : ahead) {
            budget.giveBack(message.weightBytes());
        }
        ahead.clear();
        loadedThrough = deliveredThrough;
        caughtUp = false;
    }

    /** The sequence up to which every message has been taken once. */
    long deliveredThrough() {
        return deliveredThrough;
    }
}
