package dev.holdfast.proof;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on one snapshot of evidence (infra/contract/proof.schema.json): whether every acknowledged event is accounted
 * for. All figures are totals over all time and null where unknown.
 *
 * @param at when the evidence was read, RFC 3339 in UTC
 * @param acknowledged messages the queue promised the producer to keep
 * @param applied of these, applied by any consumer; never more than {@code acknowledged}
 * @param underWay of these, neither applied nor dead-lettered nor left nor unexplained: in the queue
 * @param stored messages in the main queue, in any state
 * @param deadLettered messages in the dead-letter queue
 * @param leftUnapplied messages that expired, were purged, moved elsewhere, deleted by hand, or gone with a deleted queue
 * @param unexplained acknowledged events that are none of these: lost, or deleted by nobody knows whom
 * @param duplicatesAbsorbed deliveries that changed nothing because the event was applied before
 * @param deletedByHand messages deleted from the main queue on the dashboard's page; part of {@code leftUnapplied}
 * @param lost acknowledged and certainly nowhere to be found; at least this many
 * @param balanced whether the check held; null where it cannot be known
 * @param settled whether everything was at rest and compared by identity
 * @param sentence the verdict, in the words that page, status and verify show
 * @param because what was found, or why it cannot be known; a sentence without its capital and full stop
 */
public record Proof(
        String at,
        @Nullable Long acknowledged,
        @Nullable Long applied,
        @Nullable Long underWay,
        @Nullable Long stored,
        @Nullable Long deadLettered,
        @Nullable Long leftUnapplied,
        @Nullable Long unexplained,
        @Nullable Long duplicatesAbsorbed,
        @Nullable Long deletedByHand,
        @Nullable Long lost,
        @Nullable Boolean balanced,
        @Nullable Boolean settled,
        String sentence,
        String because) {

    /** The verdict on what the parties said at {@code at}. */
    public static Proof of(Evidence evidence, Instant at) {
        return proof(evidence, at, Verdict.of(evidence));
    }

    /** Before anything was read. */
    public static Proof nothingReadYet(Instant at) {
        Verdict verdict = Verdict.unknown("nothing was read yet");
        return new Proof(
                instant(at),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                verdict.sentence(),
                verdict.because());
    }

    /** The same with depths that a server without a ledger gives approximately. */
    public Proof withDepths(@Nullable Long messages, @Nullable Long deadLetters) {
        return new Proof(
                at,
                acknowledged,
                applied,
                underWay,
                messages,
                deadLetters,
                leftUnapplied,
                unexplained,
                duplicatesAbsorbed,
                deletedByHand,
                lost,
                balanced,
                settled,
                sentence,
                because);
    }

    private static Proof proof(Evidence e, Instant at, Verdict verdict) {
        ProducerSide producer = e.producer();
        QueueSide queue = e.queue();
        ConsumerSide consumer = e.consumer();
        Long left = queue == null ? null : (Long) (queue.leftByDoor() + e.deletedByHand());
        boolean compared = verdict.balanced() != null || verdict.unexplained() > 0;
        return new Proof(
                instant(at),
                producer == null ? null : (Long) producer.acknowledged(),
                producer == null || consumer == null ? null : (Long) consumer.appliedThrough(),
                producer == null || consumer == null || queue == null ? null : (Long) underWay(e, verdict),
                queue == null ? null : (Long) queue.main().stock(),
                queue == null ? null : (Long) queue.dead().stock(),
                left,
                compared ? (Long) verdict.unexplained() : null,
                consumer == null ? null : (Long) consumer.duplicatesAbsorbed(),
                e.deletedByHand(),
                verdict.lost(),
                verdict.balanced(),
                verdict.balanced() == null ? null : (Boolean) atRest(e),
                verdict.sentence(),
                verdict.because());
    }

    /** What remains of the acknowledged when all that is known of them is taken away, so that the numbers add up. */
    private static long underWay(Evidence e, Verdict verdict) {
        ProducerSide producer = Objects.requireNonNull(e.producer());
        QueueSide queue = Objects.requireNonNull(e.queue());
        long notApplied =
                producer.acknowledged() - Objects.requireNonNull(e.consumer()).appliedThrough();
        long elsewhere = queue.dead().stock() + queue.leftByDoor() + e.deletedByHand() + verdict.unexplained();
        return Math.max(0, notApplied - elsewhere);
    }

    /** Whether nothing is on its way, and what is not applied was looked for by identity. */
    private static boolean atRest(Evidence e) {
        return e.producer() != null
                && e.consumer() != null
                && e.producer().outbox() == 0
                && (e.queue() == null || e.queue().main().stock() == 0)
                && (e.missing().isPresent()
                        || e.consumer().appliedThrough() >= e.producer().through());
    }

    private static String instant(Instant at) {
        return Instant.ofEpochMilli(at.toEpochMilli()).toString();
    }
}
