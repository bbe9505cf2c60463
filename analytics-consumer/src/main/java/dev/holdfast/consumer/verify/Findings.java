package dev.holdfast.consumer.verify;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.holdfast.consumer.processed.SequenceRange;
import dev.holdfast.consumer.processed.SequenceRanges;
import dev.holdfast.proof.Evidence;
import dev.holdfast.proof.ProducerSide;
import dev.holdfast.proof.Proof;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proof with the sequences behind its numbers.
 *
 * @param detail why it cannot be known, in the words of whoever did not answer; null where all did
 * @param byIdentity whether identities were compared, and not only numbers
 * @param spareCopies messages sent beyond one for each acknowledged event; null unless everything is at rest
 */
record Findings(
        @JsonUnwrapped Proof proof,
        @Nullable String detail,
        @Nullable String producerId,
        boolean byIdentity,
        @Nullable Long spareCopies,
        List<SequenceRange> acknowledgedSequences,
        List<SequenceRange> appliedSequences,
        List<SequenceRange> deadLetteredSequences,
        List<SequenceRange> missing) {

    static Findings of(Evidence evidence, SequenceRanges applied, Collection<Long> deadLetters) {
        Proof proof = Proof.of(evidence, Instant.now());
        ProducerSide producer = evidence.producer();
        if (producer == null) {
            return unknown(proof, "the producer was not asked");
        }
        SequenceRanges acknowledged = new SequenceRanges();
        if (producer.through() > 0) {
            acknowledged.add(new SequenceRange(1, producer.through()));
        }
        return new Findings(
                proof,
                null,
                producer.producerId(),
                evidence.missing().isPresent(),
                spareCopies(evidence, proof),
                acknowledged.ranges(),
                applied.ranges(),
                ranges(deadLetters),
                evidence.missing().map(found -> ranges(found.sequences())).orElse(List.of()));
    }

    static Findings unknown(Evidence.Party silent, String detail) {
        return unknown(Proof.of(Evidence.without(silent, null, null, null, 0), Instant.now()), detail);
    }

    private static Findings unknown(Proof proof, String detail) {
        return new Findings(proof, detail, null, false, null, List.of(), List.of(), List.of(), List.of());
    }

    private static @Nullable Long spareCopies(Evidence evidence, Proof proof) {
        var queue = evidence.queue();
        var producer = evidence.producer();
        return queue == null || producer == null || !Boolean.TRUE.equals(proof.settled())
                ? null
                : (Long) Math.max(0, queue.main().sent() - producer.acknowledged());
    }

    private static List<SequenceRange> ranges(Collection<Long> sequences) {
        SequenceRanges ranges = new SequenceRanges();
        sequences.stream().filter(sequence -> sequence >= 1).forEach(ranges::add);
        return ranges.ranges();
    }
}
