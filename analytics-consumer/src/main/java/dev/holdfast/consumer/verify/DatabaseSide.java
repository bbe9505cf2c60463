package dev.holdfast.consumer.verify;

import dev.holdfast.consumer.database.Tx;
import dev.holdfast.consumer.processed.ProcessedEvents;
import dev.holdfast.consumer.processed.SequenceRanges;
import java.sql.SQLException;
import java.util.Optional;

/** What the consumer's database says of one producer, and its totals over all. */
record DatabaseSide(SequenceRanges applied, long appliedOfAll, long duplicatesAbsorbedOfAll) {
    static DatabaseSide read(Tx tx, String producerId) throws SQLException {
        Optional<Long> number =
                tx.one("select producer_no from producer where producer_id = ?", row -> row.getLong(1), producerId);
        SequenceRanges applied = number.isPresent() ? ProcessedEvents.applied(tx, number.get()) : new SequenceRanges();
        return tx.one(
                        "select applied, duplicates_absorbed from progress",
                        row -> new DatabaseSide(applied, row.getLong(1), row.getLong(2)))
                .orElseThrow();
    }
}
