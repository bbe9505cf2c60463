package dev.holdfast.consumer.verify;

import dev.holdfast.consumer.aggregate.Aggregate;
import dev.holdfast.consumer.aggregate.AggregateKey;
import dev.holdfast.consumer.aggregate.AggregateStore;
import dev.holdfast.consumer.aggregate.AggregateStore.Stored;
import dev.holdfast.consumer.aggregate.Aggregates;
import dev.holdfast.consumer.aggregate.Span;
import dev.holdfast.consumer.processed.ProcessedEvents;
import dev.holdfast.consumer.processed.Producers;
import dev.holdfast.consumer.retention.KeptEvent;
import dev.holdfast.kit.sqlite.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes from the stored events what the aggregates must be, and compares. Over all time the compacted part comes from the 'behind'
 * aggregates; hours and minutes are compared where they lie in the kept window as a whole.
 *
 * @param keptEvents how many events are stored singly
 * @param compared how many aggregates and counters were compared
 * @param differences a sentence each, the first {@value #MAX_DIFFERENCES}
 */
record Recount(long keptEvents, long keptFromMillis, long compared, List<String> differences) {
    private static final int MAX_DIFFERENCES = 1_000;

    static Recount of(Tx tx) throws SQLException {
        return new Counting(tx).result();
    }

    private record Progress(long applied, long keptEvents, long keptFrom, long minutesFrom, long hoursFrom) {}

    private record Producer(long number, String id, long applied) {}

    /** One recount under way. */
    private static final class Counting {
        private final Tx tx;
        private final Producers producers = new Producers();
        private final AggregateStore store = new AggregateStore(producers);
        private final Aggregates expected = new Aggregates();
        private final List<String> differences = new ArrayList<>();
        private final Progress progress;
        private long keptEvents;
        private long compared;

        Counting(Tx tx) throws SQLException {
            this.tx = tx;
            progress = tx.one(
                            "select applied, kept_events, kept_from, minutes_from, hours_from from progress",
                            row -> new Progress(
                                    row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)))
                    .orElseThrow();
        }

        Recount result() throws SQLException {
            countEvents();
            store.each(
                    tx,
                    Span.BEHIND,
                    0,
                    behind -> expected.merge(
                            new AggregateKey(Span.ALL, behind.key().subjectNo(), 0), behind.aggregate()));
            store.each(tx, Span.ALL, 0, this::compare);
            store.each(tx, Span.HOUR, Math.max(progress.keptFrom, progress.hoursFrom), this::compare);
            store.each(tx, Span.MINUTE, Math.max(progress.keptFrom, progress.minutesFrom), this::compare);
            expected.byKey()
                    .forEach((key, aggregate) -> differ(name(key) + " is missing; the events say " + aggregate));
            compareCounters();
            return new Recount(keptEvents, progress.keptFrom, compared, List.copyOf(differences));
        }

        private void countEvents() throws SQLException {
            tx.each(
                    "select producer_no, sequence, product_no, category_no, occurred_at, price_minor from processed_event",
                    row -> {
                        KeptEvent event = KeptEvent.read(row);
                        keptEvents++;
                        Aggregate single = Aggregate.of(event.observation(producers.id(tx, event.producerNo())));
                        expect(event.productNo(), single);
                        expect(event.categoryNo(), single);
                    });
        }

        private void expect(long subjectNo, Aggregate single) {
            expected.add(Span.ALL, subjectNo, single);
            expectFrom(Math.max(progress.keptFrom, progress.hoursFrom), Span.HOUR, subjectNo, single);
            expectFrom(Math.max(progress.keptFrom, progress.minutesFrom), Span.MINUTE, subjectNo, single);
        }

        private void expectFrom(long fromMillis, Span span, long subjectNo, Aggregate single) {
            if (span.startOf(single.first().occurredAtMillis()) >= fromMillis) {
                expected.add(span, subjectNo, single);
            }
        }

        private void compare(Stored stored) {
            compared++;
            @Nullable Aggregate recounted = expected.byKey().remove(stored.key());
            if (recounted == null) {
                differ(name(stored.key()) + " is stored as " + stored.aggregate() + "; no event says so");
            } else if (!recounted.equals(stored.aggregate())) {
                differ(name(stored.key()) + " is stored as " + stored.aggregate() + "; the events say " + recounted);
            } else if (recounted.meanMinor() != stored.meanMinor()
                    || recounted.standardDeviationMinor() != stored.standardDeviationMinor()) {
                differ(name(stored.key()) + " has another mean or standard deviation than its sums say");
            }
        }

        private void compareCounters() throws SQLException {
            compareCounter("progress.kept_events", progress.keptEvents, keptEvents);
            long applied = 0;
            for (Producer producer : tx.all(
                    "select producer_no, producer_id, applied from producer",
                    row -> new Producer(row.getLong(1), row.getString(2), row.getLong(3)))) {
                long identities = ProcessedEvents.applied(tx, producer.number).count();
                compareCounter("producer.applied of " + producer.id, producer.applied, identities);
                compareCounter(
                        "single and compacted identities of " + producer.id, storedIdentities(producer), identities);
                applied += identities;
            }
            compareCounter("progress.applied", progress.applied, applied);
        }

        /** More than there are identities where one is stored both singly and in a range: such an event could have counted twice. */
        private long storedIdentities(Producer producer) throws SQLException {
            return tx.one("""
                            select (select count(*) from processed_event where producer_no = ?)
                                 + (select coalesce(sum(last_sequence - first_sequence + 1), 0)
                                      from processed_range
                                     where producer_no = ?)
                            """, row -> row.getLong(1), producer.number, producer.number)
                    .orElseThrow();
        }

        private void compareCounter(String name, long stored, long recounted) {
            compared++;
            if (stored != recounted) {
                differ(name + " is stored as " + stored + "; the identities say " + recounted);
            }
        }

        private void differ(String difference) {
            if (differences.size() < MAX_DIFFERENCES) {
                differences.add(difference);
            }
        }

        private static String name(AggregateKey key) {
            return "the aggregate " + key.span().column() + " of subject " + key.subjectNo() + " starting at "
                    + key.startsAtMillis();
        }
    }
}
