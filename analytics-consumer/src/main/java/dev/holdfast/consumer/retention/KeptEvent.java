package dev.holdfast.consumer.retention;

import dev.holdfast.consumer.aggregate.Observation;
import dev.holdfast.consumer.event.Identity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** What the aggregates need of a stored event. */
public record KeptEvent(
        long producerNo, long sequence, long productNo, long categoryNo, long occurredAtMillis, long priceMinor) {

    /** Columns in the order of this record. */
    public static KeptEvent read(ResultSet row) throws SQLException {
        return new KeptEvent(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
    }

    public Observation observation(UUID producerId) {
        return new Observation(occurredAtMillis, new Identity(producerId, sequence), priceMinor);
    }
}
