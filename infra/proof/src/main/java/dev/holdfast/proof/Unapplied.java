package dev.holdfast.proof;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which sequences of a producer are not applied: the gaps between those that are. */
public final class Unapplied {
    private Unapplied() {}

    /** The sequences from 1 to {@code through} that are not applied; empty when they are more than {@code atMost}. */
    public static Optional<SortedSet<Long>> sequences(Connection db, String producerId, long through, int atMost)
            throws SQLException {
        try (var statement = db.prepareStatement("""
                with applied (first, last) as (
                  select e.sequence, e.sequence
                  from processed_event e join producer p using (producer_no)
                  where p.producer_id = ? and e.sequence <= ?
                  union all
                  select r.first_sequence, r.last_sequence
                  from processed_range r join producer p using (producer_no)
                  where p.producer_id = ? and r.first_sequence <= ?
                  union all
                  select ? + 1, ? + 1),
                walked as (
                  select first, lag(last, 1, 0) over (order by first) as before from applied)
                select before + 1, first - 1
                from walked
                where first > before + 1
                """)) {
            statement.setString(1, producerId);
            statement.setLong(2, through);
            statement.setString(3, producerId);
            statement.setLong(4, through);
            statement.setLong(5, through);
            statement.setLong(6, through);
            SortedSet<Long> sequences = new TreeSet<>();
            try (ResultSet gap = statement.executeQuery()) {
                while (gap.next()) {
                    long last = Math.min(through, gap.getLong(2));
                    for (long sequence = gap.getLong(1); sequence <= last; sequence++) {
                        if (sequences.size() >= atMost) {
                            return Optional.empty();
                        }
                        sequences.add(sequence);
                    }
                }
            }
            return Optional.of(sequences);
        }
    }
}
