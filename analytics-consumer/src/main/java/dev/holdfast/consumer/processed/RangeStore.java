package dev.holdfast.consumer.processed;

import dev.holdfast.kit.sqlite.Tx;
import java.sql.SQLException;
import java.util.List;

/** The compacted identities of a producer, as ranges in the database. */
final class RangeStore {
    private RangeStore() {}

    /** The ranges that overlap or touch the given one. */
    static List<SequenceRange> touching(Tx tx, long producerNo, SequenceRange range) throws SQLException {
        // Ranges do not overlap, so at most one that starts before can reach in: the nearest.
        return tx.all(
                """
                select first_sequence, last_sequence
                  from processed_range
                 where producer_no = ?
                   and first_sequence >= coalesce(
                         (select max(first_sequence) from processed_range where producer_no = ? and first_sequence <= ?), 0)
                   and first_sequence <= ?
                   and last_sequence >= ?
                """,
                row -> new SequenceRange(row.getLong(1), row.getLong(2)),
                producerNo,
                producerNo,
                range.first(),
                range.last() + 1,
                range.first() - 1);
    }

    /** Adds the range and joins it with its neighbours. */
    static void add(Tx tx, long producerNo, SequenceRange range) throws SQLException {
        long first = range.first();
        long last = range.last();
        for (SequenceRange neighbour : touching(tx, producerNo, range)) {
            first = Math.min(first, neighbour.first());
            last = Math.max(last, neighbour.last());
            tx.update(
                    "delete from processed_range where producer_no = ? and first_sequence = ?",
                    producerNo,
                    neighbour.first());
        }
        tx.update(
                "insert into processed_range (producer_no, first_sequence, last_sequence) values (?, ?, ?)",
                producerNo,
                first,
                last);
    }
}
