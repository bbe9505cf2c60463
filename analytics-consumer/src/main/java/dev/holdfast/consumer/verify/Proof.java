package dev.holdfast.consumer.verify;

import dev.holdfast.consumer.event.Identity;
import dev.holdfast.consumer.processed.SequenceRange;
import dev.holdfast.consumer.processed.SequenceRanges;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether anything that was acknowledged to the producer is lost.
 *
 * <p>Settled (the producer's outbox and the queue are empty), it is a matter of sets: every acknowledged sequence is applied, or lies in
 * the dead-letter queue, or is missing; and of the missing there may be no more than the ledger says left unapplied by a named door,
 * since a door counts and names no identity. Before that, only numbers can be compared, and only a breach proves something.
 *
 * @param balanced null where it cannot be known, and {@code why} says why
 * @param missing acknowledged sequences that are neither applied nor dead-lettered, in ranges; only where settled
 * @param lost at least so many of the missing are lost; null where it cannot be known
 */
record Proof(
        @Nullable Boolean balanced,
        boolean settled,
        @Nullable String why,
        @Nullable String producerId,
        @Nullable Long acknowledged,
        @Nullable Long applied,
        @Nullable Long stored,
        @Nullable Long deadLettered,
        @Nullable Long leftUnapplied,
        @Nullable Long duplicatesAbsorbed,
        @Nullable Long spareCopies,
        @Nullable Long lost,
        List<SequenceRange> acknowledgedSequences,
        List<SequenceRange> appliedSequences,
        List<SequenceRange> deadLetteredSequences,
        List<SequenceRange> missing) {

    static Proof unknown(String why) {
        return new Proof(
                null, false, why, null, null, null, null, null, null, null, null, null, List.of(), List.of(), List.of(),
                List.of());
    }

    /** The three must have been asked in this order: what moves on meanwhile then can only be applied or stored in addition. */
    static Proof of(ProducerSide producer, QueueSide queue, DatabaseSide database) {
        SequenceRanges acknowledged = new SequenceRanges();
        if (producer.acknowledgedThrough() > 0) {
            acknowledged.add(new SequenceRange(1, producer.acknowledgedThrough()));
        }
        SequenceRanges deadLettered = deadLetteredOf(producer, queue);
        SequenceRanges missing = minus(minus(acknowledged, database.applied()), deadLettered);
        // Each delete of ours was of an event applied or of a duplicate absorbed; what goes beyond that, somebody else
        // deleted.
        long deletedByHand =
                Math.max(0, queue.deleted() - database.appliedOfAll() - database.duplicatesAbsorbedOfAll());
        long leftUnapplied = queue.leftByDoor() + deletedByHand;
        boolean settled = producer.outbox() == 0 && queue.stock() == 0 && queue.isDeadLetterQueueComplete();
        long unexplained = settled ? missing.count() : missing.count() - queue.stock();
        long lost = Math.max(0, unexplained - leftUnapplied);
        return new Proof(
                lost == 0,
                settled,
                null,
                producer.producerId(),
                acknowledged.count(),
                database.applied().count(),
                queue.stock(),
                queue.deadLetteredListed(),
                leftUnapplied,
                database.duplicatesAbsorbedOfAll(),
                settled ? Math.max(0, queue.sent() - acknowledged.count()) : null,
                lost,
                acknowledged.ranges(),
                database.applied().ranges(),
                deadLettered.ranges(),
                settled || lost > 0 ? missing.ranges() : List.of());
    }

    private static SequenceRanges deadLetteredOf(ProducerSide producer, QueueSide queue) {
        UUID producerId = UUID.fromString(producer.producerId());
        SequenceRanges deadLettered = new SequenceRanges();
        for (Identity identity : queue.deadLettered()) {
            if (identity.producerId().equals(producerId) && identity.sequence() >= 1) {
                deadLettered.add(identity.sequence());
            }
        }
        return deadLettered;
    }

    private static SequenceRanges minus(SequenceRanges from, SequenceRanges what) {
        SequenceRanges rest = SequenceRanges.of(from.ranges());
        what.ranges().forEach(rest::remove);
        return rest;
    }
}
