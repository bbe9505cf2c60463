package dev.holdfast.dashboard.sampling;

import dev.holdfast.dashboard.PipelineConfig;
import dev.holdfast.dashboard.analytics.ConsumerDatabase;
import dev.holdfast.dashboard.sqs.OperatorApi;
import dev.holdfast.proof.ConsumerSide;
import dev.holdfast.proof.Evidence;
import dev.holdfast.proof.Proof;
import dev.holdfast.proof.Search;
import dev.holdfast.proof.Watch;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The verdict on each sample, by what was read for it. For the sampler's thread only. */
@ApplicationScoped
class PipelineProof {
    private final Watch watch;
    private @Nullable Proof last;

    PipelineProof(OperatorApi operator, ConsumerDatabase database, PipelineConfig config) {
        var search = new Search(operator::sample, database, config.queue(), config.deadLetterQueue());
        this.watch = new Watch(search, database);
    }

    /**
     * Weighs one sample.
     *
     * @param askedNanos when the producer was asked
     * @param applied of the producer that answered, read after the queue; null where the database was not readable
     */
    Proof prove(
            Instant now,
            long askedNanos,
            ProducerReading producer,
            QueueReading queue,
            Contact database,
            @Nullable ConsumerSide applied,
            long deletedByHand) {
        if (last != null && missedOneAnswer(queue.contact(), producer.contact(), database)) {
            return last;
        }
        Proof proof = Proof.of(evidence(askedNanos, producer, queue, database, applied, deletedByHand), now);
        last = queue.ledger() || queue.main() == null
                ? proof
                : proof.withDepths(
                        queue.main().stored(),
                        queue.deadLetters() == null
                                ? null
                                : (Long) queue.deadLetters().stored());
        return last;
    }

    /** Whether a part missed one answer, which is no outage yet: the last verdict stands, and says how old it is. */
    private static boolean missedOneAnswer(Contact... contacts) {
        boolean missed = false;
        for (Contact contact : contacts) {
            if (!contact.reachable()) {
                return false;
            }
            missed |= !contact.isFresh();
        }
        return missed;
    }

    private Evidence evidence(
            long askedNanos,
            ProducerReading producer,
            QueueReading queue,
            Contact database,
            @Nullable ConsumerSide applied,
            long deletedByHand) {
        var status = producer.status();
        var side = status == null ? null : status.evidence();
        if (!queue.contact().isFresh()) {
            return Evidence.without(Evidence.Party.QUEUE, side, queue.evidence(), applied, deletedByHand);
        }
        if (!producer.contact().isFresh() || side == null) {
            return Evidence.without(Evidence.Party.PRODUCER, side, queue.evidence(), applied, deletedByHand);
        }
        if (!database.isFresh() || applied == null) {
            return Evidence.without(Evidence.Party.CONSUMER, side, queue.evidence(), applied, deletedByHand);
        }
        Evidence evidence = Evidence.of(side, queue.evidence(), applied, deletedByHand);
        try {
            return watch.examine(evidence, askedNanos);
        } catch (IOException e) {
            return Evidence.without(Evidence.Party.QUEUE, side, queue.evidence(), applied, deletedByHand);
        }
    }
}
