package dev.holdfast.consumer.apply;

import dev.holdfast.consumer.aggregate.Aggregate;
import dev.holdfast.consumer.aggregate.AggregateStore;
import dev.holdfast.consumer.aggregate.Aggregates;
import dev.holdfast.consumer.aggregate.Observation;
import dev.holdfast.consumer.aggregate.Span;
import dev.holdfast.consumer.aggregate.Subjects;
import dev.holdfast.consumer.event.PriceEvent;
import dev.holdfast.consumer.processed.ProcessedEvents;
import dev.holdfast.consumer.processed.ProcessedEvents.Compacted;
import dev.holdfast.consumer.processed.Producers;
import dev.holdfast.kit.sqlite.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The contents of the one transaction that makes "exactly once in effect": the identity goes into the set of processed events, and only
 * where it was new the aggregates change. Refusals are recorded beside. For the writing thread.
 */
public final class EventTransaction {
    private final String consumer;
    private final long sessionNo;
    private final Producers producers = new Producers();
    private final Subjects subjects = new Subjects();
    private final ProcessedEvents processed = new ProcessedEvents(producers);
    private final AggregateStore aggregates = new AggregateStore(producers);

    public EventTransaction(String consumer, long sessionNo) {
        this.consumer = consumer;
        this.sessionNo = sessionNo;
    }

    /** Applies the deliveries inside the transaction, which the caller commits; after a rollback it must {@link #forget}. */
    public AppliedCounts apply(Tx tx, List<Delivery> deliveries, long nowMillis) throws SQLException {
        Additions additions = new Additions(tx, nowMillis);
        List<PriceEvent> events = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            if (delivery instanceof Delivery.Event valid) {
                events.add(valid.event());
            }
        }
        Compacted compacted = processed.compactedNear(tx, events);
        long failures = 0;
        for (Delivery delivery : deliveries) {
            switch (delivery) {
                case Delivery.Event valid -> additions.add(valid, compacted);
                case Delivery.Refused refused -> failures += Failures.record(tx, refused, consumer, nowMillis) ? 1 : 0;
            }
        }
        AppliedCounts applied = new AppliedCounts(additions.applied, additions.duplicates, failures);
        additions.store();
        count(tx, applied, additions.latestMillis, nowMillis);
        return applied;
    }

    /** Drops what is remembered of a transaction that did not commit. */
    public void forget() {
        producers.forget();
        subjects.forget();
        aggregates.forget();
    }

    private void count(Tx tx, AppliedCounts applied, long latestMillis, long nowMillis) throws SQLException {
        tx.update(
                """
                update progress
                   set applied = applied + ?, kept_events = kept_events + ?,
                       duplicates_absorbed = duplicates_absorbed + ?, failures = failures + ?,
                       computed_up_to = nullif(max(coalesce(computed_up_to, ?), ?), ?), last_commit_at = ?
                """,
                applied.events(),
                applied.events(),
                applied.duplicates(),
                applied.failures(),
                latestMillis,
                latestMillis,
                Long.MIN_VALUE,
                nowMillis);
        tx.update("""
                update session
                   set applied = applied + ?, duplicates_absorbed = duplicates_absorbed + ?, failures = failures + ?,
                       last_commit_at = ?, heartbeat_at = max(heartbeat_at, ?)
                 where session_no = ?
                """, applied.events(), applied.duplicates(), applied.failures(), nowMillis, nowMillis, sessionNo);
    }

    /** What one transaction adds, gathered in memory so that each row of the aggregates is touched once. */
    private final class Additions {
        private final Tx tx;
        private final long nowMillis;
        private final long minutesFromMillis;
        private final long hoursFromMillis;
        private final Aggregates added = new Aggregates();
        private final Map<Long, PriceEvent> lastByProduct = new HashMap<>();
        private final Map<Long, ProducerCounts> byProducer = new HashMap<>();
        private long applied;
        private long duplicates;
        private long latestMillis = Long.MIN_VALUE;

        private Additions(Tx tx, long nowMillis) throws SQLException {
            this.tx = tx;
            this.nowMillis = nowMillis;
            long[] from = tx.one("select minutes_from, hours_from from progress", row ->
                            new long[] {row.getLong(1), row.getLong(2)})
                    .orElseThrow();
            minutesFromMillis = from[0];
            hoursFromMillis = from[1];
        }

        private void add(Delivery.Event delivery, Compacted compacted) throws SQLException {
            PriceEvent event = delivery.event();
            long sequence = event.identity().sequence();
            ProducerCounts counts = byProducer.computeIfAbsent(
                    producers.number(tx, event.identity().producerId()), no -> new ProducerCounts());
            long productNo = subjects.product(tx, event);
            long categoryNo = subjects.category(tx, event);
            boolean isNew = !compacted.holds(event)
                    && processed.insert(
                            tx, event, productNo, categoryNo, delivery.sentAtMillis(), nowMillis, sessionNo);
            if (!isNew) {
                duplicates++;
                counts.duplicates++;
                return;
            }
            applied++;
            counts.applied++;
            counts.highestSequence = Math.max(counts.highestSequence, sequence);
            latestMillis = Math.max(latestMillis, event.occurredAtMillis());
            Observation observation = new Observation(event.occurredAtMillis(), event.identity(), event.priceMinor());
            Aggregate single = Aggregate.of(observation);
            addTo(productNo, single);
            addTo(categoryNo, single);
            lastByProduct.merge(productNo, event, (a, b) -> isLater(a, b) ? a : b);
        }

        private void addTo(long subjectNo, Aggregate single) {
            added.add(Span.ALL, subjectNo, single);
            if (single.first().occurredAtMillis() >= hoursFromMillis) {
                added.add(Span.HOUR, subjectNo, single);
            }
            if (single.first().occurredAtMillis() >= minutesFromMillis) {
                added.add(Span.MINUTE, subjectNo, single);
            }
        }

        private static boolean isLater(PriceEvent a, PriceEvent b) {
            int byTime = Long.compare(a.occurredAtMillis(), b.occurredAtMillis());
            return byTime != 0 ? byTime > 0 : a.identity().compareTo(b.identity()) > 0;
        }

        private void store() throws SQLException {
            aggregates.merge(tx, added);
            for (Map.Entry<Long, PriceEvent> entry : lastByProduct.entrySet()) {
                PriceEvent event = entry.getValue();
                Subjects.renameIfLast(
                        tx,
                        entry.getKey(),
                        producers.number(tx, event.identity().producerId()),
                        event);
            }
            for (Map.Entry<Long, ProducerCounts> entry : byProducer.entrySet()) {
                ProducerCounts counts = entry.getValue();
                tx.update("""
                        update producer
                           set applied = applied + ?, duplicates_absorbed = duplicates_absorbed + ?,
                               highest_sequence = max(highest_sequence, ?)
                         where producer_no = ?
                        """, counts.applied, counts.duplicates, counts.highestSequence, entry.getKey());
            }
        }
    }

    private static final class ProducerCounts {
        private long applied;
        private long duplicates;
        private long highestSequence;
    }
}
