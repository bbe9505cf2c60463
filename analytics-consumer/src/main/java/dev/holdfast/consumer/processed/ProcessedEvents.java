package dev.holdfast.consumer.processed;

import dev.holdfast.consumer.event.PriceEvent;
import dev.holdfast.kit.sqlite.Tx;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The set of applied identities: whether an event is new is decided here and nowhere else. For the writing thread. */
public final class ProcessedEvents {
    private final Producers producers;

    public ProcessedEvents(Producers producers) {
        this.producers = producers;
    }

    /** The compacted identities near those of the events; read once for a transaction, which no other can change meanwhile. */
    public Compacted compactedNear(Tx tx, List<PriceEvent> events) throws SQLException {
        Map<UUID, SequenceRange> spread = new HashMap<>();
        for (PriceEvent event : events) {
            long sequence = event.identity().sequence();
            spread.merge(
                    event.identity().producerId(),
                    new SequenceRange(sequence, sequence),
                    (a, b) -> new SequenceRange(Math.min(a.first(), b.first()), Math.max(a.last(), b.last())));
        }
        Map<UUID, SequenceRanges> ranges = new HashMap<>();
        for (Map.Entry<UUID, SequenceRange> entry : spread.entrySet()) {
            long producerNo = producers.number(tx, entry.getKey());
            ranges.put(entry.getKey(), SequenceRanges.of(RangeStore.touching(tx, producerNo, entry.getValue())));
        }
        return new Compacted(ranges);
    }

    /** Some of the compacted identities. */
    public static final class Compacted {
        private final Map<UUID, SequenceRanges> ranges;

        private Compacted(Map<UUID, SequenceRanges> ranges) {
            this.ranges = ranges;
        }

        public boolean holds(PriceEvent event) {
            SequenceRanges ofProducer = ranges.get(event.identity().producerId());
            return ofProducer != null && ofProducer.holds(event.identity().sequence());
        }
    }

    /** Stores the event and returns true, or changes nothing and returns false where its identity is stored already. */
    public boolean insert(
            Tx tx,
            PriceEvent event,
            long productNo,
            long categoryNo,
            @Nullable Long sentAtMillis,
            long nowMillis,
            long sessionNo)
            throws SQLException {
        return tx.update(
                        """
                        insert into processed_event (
                               producer_no, sequence, product_no, category_no, occurred_at,
                               price_minor, previous_price_minor, reason, sent_at, applied_at, session_no)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict do nothing
                        """,
                        producers.number(tx, event.identity().producerId()),
                        event.identity().sequence(),
                        productNo,
                        categoryNo,
                        event.occurredAtMillis(),
                        event.priceMinor(),
                        event.previousPriceMinor(),
                        event.reason().name(),
                        sentAtMillis,
                        nowMillis,
                        sessionNo)
                == 1;
    }

    /** Moves kept identities behind the window: from single rows to ranges. */
    public static void compact(Tx tx, long producerNo, SequenceRanges sequences) throws SQLException {
        for (SequenceRange range : sequences.ranges()) {
            tx.update(
                    "delete from processed_event where producer_no = ? and sequence between ? and ?",
                    producerNo,
                    range.first(),
                    range.last());
            RangeStore.add(tx, producerNo, range);
        }
    }

    /** All applied identities of a producer. */
    public static SequenceRanges applied(Tx tx, long producerNo) throws SQLException {
        SequenceRanges applied = SequenceRanges.of(tx.all(
                "select first_sequence, last_sequence from processed_range where producer_no = ?",
                row -> new SequenceRange(row.getLong(1), row.getLong(2)),
                producerNo));
        // Rows numbered by their order: within a stretch without gaps, sequence and number grow alike, so their
        // difference names it.
        tx.all("""
                        select min(sequence), max(sequence)
                          from (select sequence, sequence - row_number() over (order by sequence) as stretch
                                  from processed_event
                                 where producer_no = ?)
                         group by stretch
                        """, row -> new SequenceRange(row.getLong(1), row.getLong(2)), producerNo)
                .forEach(applied::add);
        return applied;
    }
}
