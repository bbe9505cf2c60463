package dev.holdfast.queue.engine;

import dev.holdfast.queue.message.MessageStore;
import dev.holdfast.queue.queues.QueueState;
import dev.holdfast.queue.queues.QueueStore;
import dev.holdfast.queue.store.MessageKey;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Rows that no queue counts any more, of purges and of deleted queues, waiting to be deleted in small steps, so that no
 * other request waits for a million deletes. Writer thread only.
 */
final class Sweeps {
    private static final int ROWS_PER_STEP = 100;

    private final ArrayDeque<Range> ranges = new ArrayDeque<>();

    /** Keys from first to last, inclusive. */
    record Range(long first, long last) {
        static Range purged(QueueState queue) {
            long number = queue.queue().number();
            return new Range(MessageKey.of(number, 0), MessageKey.of(number, queue.purgedThrough()));
        }

        static Range ofQueue(long queueNumber) {
            return new Range(MessageKey.of(queueNumber, 0), MessageKey.lastOf(queueNumber));
        }
    }

    void add(Range range) {
        ranges.add(range);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** What a start finds unfinished. */
    void recover(Tx tx, List<QueueState> queues) throws SQLException {
        ranges.clear();
        for (QueueState queue : queues) {
            addIfAnyRow(tx, Range.purged(queue));
        }
        for (long dropped : QueueStore.droppedNumbers(tx)) {
            addIfAnyRow(tx, Range.ofQueue(dropped));
        }
    }

    private void addIfAnyRow(Tx tx, Range range) throws SQLException {
        if (MessageStore.endOfStep(tx, range.first, range.last, 1) != null) {
            ranges.add(range);
        }
    }

    /** Deletes the next rows. */
    void step(Tx tx) throws SQLException {
        Range range = ranges.peek();
        if (range == null) {
            return;
        }
        Long end = MessageStore.endOfStep(tx, range.first, range.last, ROWS_PER_STEP);
        ranges.remove();
        if (end != null) {
            MessageStore.deleteRange(tx, range.first, end);
            ranges.addFirst(range);
        }
    }
}
