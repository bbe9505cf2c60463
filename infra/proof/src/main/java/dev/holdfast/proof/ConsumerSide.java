package dev.holdfast.proof;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What the consumer's database says of one producer, and of all.
 *
 * @param applied identities of this producer applied
 * @param appliedThrough of them, those with a sequence up to the one asked for
 * @param appliedByAll events applied, of every producer, as the consumer itself has counted them
 * @param duplicatesAbsorbed deliveries that changed nothing, of every producer
 */
public record ConsumerSide(long applied, long appliedThrough, long appliedByAll, long duplicatesAbsorbed) {

    /** Reads one snapshot; {@code through} is the producer's. */
    public static ConsumerSide read(Connection db, String producerId, long through) throws SQLException {
        try (var statement = db.prepareStatement("""
                select coalesce(producer.applied, 0),
                       coalesce(producer.applied, 0)
                       - (select count(*) from processed_event e
                          where e.producer_no = producer.producer_no and e.sequence > ?)
                       - (select coalesce(sum(last_sequence - max(first_sequence, ? + 1) + 1), 0)
                          from processed_range r
                          where r.producer_no = producer.producer_no and r.last_sequence > ?),
                       progress.applied,
                       progress.duplicates_absorbed
                from progress left join producer on producer_id = ?
                """)) {
            statement.setLong(1, through);
            statement.setLong(2, through);
            statement.setLong(3, through);
            statement.setString(4, producerId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new ConsumerSide(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
            }
        }
    }
}
