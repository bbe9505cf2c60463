package dev.holdfast.consumer.aggregate;

import dev.holdfast.consumer.event.Identity;
import dev.holdfast.consumer.processed.Producers;
import dev.holdfast.kit.sqlite.Tx;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Aggregates in the database, for the writing thread.
 *
 * <p>What {@link #merge} wrote it remembers, and reads again only after somebody else wrote to the file: SQLite changes a connection's
 * {@code data_version} with every commit of another. Writes of the same connection are not seen by that, so nobody else may change the
 * same aggregates through it: compaction writes only those 'behind', and drops only what no event can touch any more. After a rollback
 * call {@link #forget}.
 */
public final class AggregateStore {
    /** Some hundred bytes each; those of a few minutes with a large catalogue. */
    private static final int MAX_REMEMBERED = 20_000;

    private final Producers producers;
    private final Map<AggregateKey, Aggregate> remembered = new HashMap<>();
    private long dataVersion = -1;

    public AggregateStore(Producers producers) {
        this.producers = producers;
    }

    /** Merges what the events of one transaction add: each aggregate they touch is read at most once, and written once. */
    public void merge(Tx tx, Aggregates added) throws SQLException {
        forgetWhereOthersWrote(tx);
        for (Map.Entry<AggregateKey, Aggregate> entry : added.byKey().entrySet()) {
            AggregateKey key = entry.getKey();
            Aggregate known = remembered.get(key);
            Optional<Aggregate> stored = known != null ? Optional.of(known) : find(tx, key);
            Aggregate merged = stored.isPresent() ? stored.get().merge(entry.getValue()) : entry.getValue();
            put(tx, key, merged);
            remembered.put(key, merged);
        }
    }

    /** Drops what is remembered of a transaction that did not commit. */
    public void forget() {
        remembered.clear();
    }

    private void forgetWhereOthersWrote(Tx tx) throws SQLException {
        long version = tx.one("pragma data_version", row -> row.getLong(1)).orElseThrow();
        if (version != dataVersion || remembered.size() > MAX_REMEMBERED) {
            remembered.clear();
            dataVersion = version;
        }
    }

    private Optional<Aggregate> find(Tx tx, AggregateKey key) throws SQLException {
        return tx.one("""
                select event_count, sum_minor, sum_squares,
                       first_at, first_producer_no, first_sequence, first_price_minor,
                       last_at, last_producer_no, last_sequence, last_price_minor,
                       min_price_minor, max_price_minor
                  from aggregate
                 where span = ? and subject_no = ? and starts_at = ?
                """, row -> read(tx, row), key.span().column(), key.subjectNo(), key.startsAtMillis());
    }

    /** An aggregate as it stands in the database, with what is derived from it. */
    public record Stored(AggregateKey key, Aggregate aggregate, double meanMinor, double standardDeviationMinor) {}

    /** Goes through all aggregates of a span that start at or after the time. */
    public void each(Tx tx, Span span, long fromMillis, Consumer<Stored> action) throws SQLException {
        tx.each(
                """
                select event_count, sum_minor, sum_squares,
                       first_at, first_producer_no, first_sequence, first_price_minor,
                       last_at, last_producer_no, last_sequence, last_price_minor,
                       min_price_minor, max_price_minor,
                       subject_no, starts_at, mean_minor, standard_deviation_minor
                  from aggregate
                 where span = ? and starts_at >= ?
                """,
                row -> action.accept(new Stored(
                        new AggregateKey(span, row.getLong(14), row.getLong(15)),
                        read(tx, row),
                        row.getDouble(16),
                        row.getDouble(17))),
                span.column(),
                fromMillis);
    }

    private void put(Tx tx, AggregateKey key, Aggregate aggregate) throws SQLException {
        Observation first = aggregate.first();
        Observation last = aggregate.last();
        tx.update(
                """
                insert or replace into aggregate (
                       span, subject_no, starts_at,
                       event_count, sum_minor, sum_squares,
                       first_at, first_producer_no, first_sequence, first_price_minor,
                       last_at, last_producer_no, last_sequence, last_price_minor,
                       min_price_minor, max_price_minor, mean_minor, standard_deviation_minor)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                key.span().column(),
                key.subjectNo(),
                key.startsAtMillis(),
                aggregate.count(),
                aggregate.sumMinor().toString(),
                aggregate.sumSquares().toString(),
                first.occurredAtMillis(),
                producers.number(tx, first.identity().producerId()),
                first.identity().sequence(),
                first.priceMinor(),
                last.occurredAtMillis(),
                producers.number(tx, last.identity().producerId()),
                last.identity().sequence(),
                last.priceMinor(),
                aggregate.minPriceMinor(),
                aggregate.maxPriceMinor(),
                aggregate.meanMinor(),
                aggregate.standardDeviationMinor());
    }

    private Aggregate read(Tx tx, ResultSet row) throws SQLException {
        return new Aggregate(
                row.getLong(1),
                new BigInteger(row.getString(2)),
                new BigInteger(row.getString(3)),
                observation(tx, row, 4),
                observation(tx, row, 8),
                row.getLong(12),
                row.getLong(13));
    }

    /** Four columns in a row: time, producer, sequence, price. */
    private Observation observation(Tx tx, ResultSet row, int column) throws SQLException {
        Identity identity = new Identity(producers.id(tx, row.getLong(column + 1)), row.getLong(column + 2));
        return new Observation(row.getLong(column), identity, row.getLong(column + 3));
    }
}
