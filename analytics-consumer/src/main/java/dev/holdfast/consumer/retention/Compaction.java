package dev.holdfast.consumer.retention;

import dev.holdfast.consumer.aggregate.Aggregate;
import dev.holdfast.consumer.aggregate.AggregateStore;
import dev.holdfast.consumer.aggregate.Aggregates;
import dev.holdfast.consumer.aggregate.Span;
import dev.holdfast.consumer.processed.ProcessedEvents;
import dev.holdfast.consumer.processed.Producers;
import dev.holdfast.consumer.processed.SequenceRanges;
import dev.holdfast.kit.sqlite.Database;
import dev.holdfast.kit.sqlite.Tx;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves events out of the kept window, oldest event time first. In one transaction a step's events go from single rows to ranges of
 * identities and to the 'behind' aggregates, so that at any moment behind + kept = all, exactly. For one thread.
 */
public final class Compaction {
    /** Bounds the time a step holds the write lock: some tens of milliseconds. */
    private static final int MAX_EVENTS_IN_STEP = 2_000;

    /** With a pass a second this keeps up with twice the highest rate of a consumer, and leaves the lock to others between steps. */
    private static final int MAX_STEPS_IN_PASS = 10;

    private final Database database;
    private final RetentionConfig keep;
    private final InstantSource clock;
    private final Producers producers = new Producers();
    private final AggregateStore aggregates = new AggregateStore(producers);

    public Compaction(Database database, RetentionConfig keep, InstantSource clock) {
        this.database = database;
        this.keep = keep;
        this.clock = clock;
    }

    /** Compacts what has left the windows, as far as one pass goes; returns how many events it moved. */
    public long pass() {
        if (!database.read(this::hasWork)) {
            return 0;
        }
        // What a pass that failed remembered was never committed.
        aggregates.forget();
        producers.forget();
        long moved = 0;
        for (int i = 0; i < MAX_STEPS_IN_PASS; i++) {
            long inStep = database.write(this::step);
            moved += inStep;
            if (inStep < MAX_EVENTS_IN_STEP) {
                break;
            }
        }
        database.write(
                tx -> dropOld(tx, Span.MINUTE, "minutes_from", keep.minutes().toMillis()));
        database.write(tx -> dropOld(tx, Span.HOUR, "hours_from", keep.hours().toMillis()));
        return moved;
    }

    /** A look first, since an idle consumer should not sync the disk each second for nothing. */
    private boolean hasWork(Tx tx) throws SQLException {
        return cutoffMillis(tx)
                        > tx.one(
                                        "select coalesce(min(occurred_at), ?) from processed_event",
                                        row -> row.getLong(1),
                                        Long.MAX_VALUE)
                                .orElseThrow()
                || Span.MINUTE.startOf(nowInEventTime(tx) - keep.minutes().toMillis())
                        > tx.one("select minutes_from from progress", row -> row.getLong(1))
                                        .orElseThrow()
                                + Span.HOUR.startOf(3_600_000);
    }

    private long step(Tx tx) throws SQLException {
        long cutoffMillis = cutoffMillis(tx);
        List<KeptEvent> leaving = tx.all("""
                select producer_no, sequence, product_no, category_no, occurred_at, price_minor
                  from processed_event
                 where occurred_at < ?
                 order by occurred_at
                 limit ?
                """, KeptEvent::read, cutoffMillis, MAX_EVENTS_IN_STEP);
        if (leaving.isEmpty()) {
            return 0;
        }
        Aggregates behind = new Aggregates();
        Map<Long, SequenceRanges> sequences = new HashMap<>();
        for (KeptEvent event : leaving) {
            Aggregate single = Aggregate.of(event.observation(producers.id(tx, event.producerNo())));
            behind.add(Span.BEHIND, event.productNo(), single);
            behind.add(Span.BEHIND, event.categoryNo(), single);
            sequences
                    .computeIfAbsent(event.producerNo(), no -> new SequenceRanges())
                    .add(event.sequence());
        }
        aggregates.merge(tx, behind);
        for (Map.Entry<Long, SequenceRanges> entry : sequences.entrySet()) {
            ProcessedEvents.compact(tx, entry.getKey(), entry.getValue());
        }
        tx.update(
                "update progress set kept_events = kept_events - ?, kept_from = max(kept_from, ?)",
                leaving.size(),
                leaving.getLast().occurredAtMillis() + 1);
        return leaving.size();
    }

    /** Events before this event time leave: by age, or because there are too many. */
    private long cutoffMillis(Tx tx) throws SQLException {
        long byAge = nowInEventTime(tx) - keep.age().toMillis();
        long excess = tx.one("select kept_events from progress", row -> row.getLong(1))
                        .orElseThrow()
                - keep.events();
        if (excess <= 0) {
            return byAge;
        }
        long bySize = tx.one(
                        "select occurred_at from processed_event order by occurred_at limit 1 offset ?",
                        row -> row.getLong(1) + 1,
                        Math.min(excess, MAX_EVENTS_IN_STEP) - 1)
                .orElse(byAge);
        return Math.max(byAge, bySize);
    }

    /** The latest event time, but no later than now: one event dated into the future must not empty the windows. */
    private long nowInEventTime(Tx tx) throws SQLException {
        long computedUpTo = tx.one("select coalesce(computed_up_to, 0) from progress", row -> row.getLong(1))
                .orElseThrow();
        return Math.min(computedUpTo, clock.millis());
    }

    /** Aggregates of a span that ended before the window go, subject by subject, as their key is ordered. */
    private int dropOld(Tx tx, Span span, String column, long keepMillis) throws SQLException {
        long from = span.startOf(nowInEventTime(tx) - keepMillis);
        int moved = tx.update("update progress set " + column + " = ? where " + column + " < ?", from, from);
        if (moved == 0) {
            return 0;
        }
        int dropped = 0;
        for (long subjectNo : tx.all("select subject_no from subject", row -> row.getLong(1))) {
            dropped += tx.update(
                    "delete from aggregate where span = ? and subject_no = ? and starts_at < ?",
                    span.column(),
                    subjectNo,
                    from);
        }
        return dropped;
    }
}
