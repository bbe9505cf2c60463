package dev.holdfast.dashboard.proof;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Weighs the evidence (design, section 4). "Nothing lost" is said only where a check held; where a part is silent or
 * the server keeps no ledger, the answer is that it cannot be known.
 */
@ApplicationScoped
public class Proving {
    private final Comparison settled;

    @Inject
    Proving(SettledCheck settled) {
        this(settled::unexplained);
    }

    Proving(Comparison settled) {
        this.settled = settled;
    }

    /** How many acknowledged identities are neither applied nor dead-lettered; empty where that cannot be compared. */
    @FunctionalInterface
    interface Comparison {
        OptionalLong unexplained(Evidence evidence);
    }

    /** The verdict on one set of readings; called by the sampler's thread only. */
    public Proof prove(Evidence e) {
        if (e.absent() != null) {
            return verdict(e, null, null, null, e.absent());
        }
        Long through = e.through();
        Long applied = e.applied() == null ? null : e.applied().through();
        if (through == null || applied == null) {
            return verdict(e, null, null, null, "not every part has given its numbers yet");
        }
        long missing = through - applied;
        if (missing <= 0) {
            return verdict(e, 0L, true, e.atRest(), "every acknowledged event is applied");
        }
        Long left = e.leftUnapplied();
        if (left == null) {
            return verdict(
                    e,
                    null,
                    null,
                    null,
                    "this SQS server keeps no ledger, so what is under way cannot be accounted for");
        }
        return e.atRest() ? atRest(e, missing, left) : live(e, missing, left);
    }

    /** A bound: it can prove loss, and the lack of a breach is all that can be shown while messages move. */
    private static Proof live(Evidence e, long missing, long left) {
        long accountedFor = known(e.stored()) + known(e.deadLettered()) + left;
        long lost = Math.max(0, missing - accountedFor);
        return verdict(
                e,
                lost,
                lost == 0,
                false,
                lost == 0
                        ? "what is not applied yet is in the queue, dead-lettered, or left by a named door"
                        : "acknowledged, not applied, and neither in a queue nor gone by a named door");
    }

    /** Exact, by identity; only what left unapplied is known as a number. */
    private Proof atRest(Evidence e, long missing, long left) {
        OptionalLong unexplained = settled.unexplained(e);
        if (unexplained.isEmpty()) {
            return live(e, missing, left);
        }
        long lost = Math.max(0, unexplained.getAsLong() - left);
        return verdict(
                e,
                lost,
                lost == 0,
                true,
                lost == 0
                        ? "each acknowledged event was found: applied, dead-lettered, or left by a named door"
                        : "everything is at rest, and these were found nowhere");
    }

    private static long known(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static Proof verdict(
            Evidence e, @Nullable Long lost, @Nullable Boolean balanced, @Nullable Boolean settled, String because) {
        return new Proof(
                e.acknowledged(),
                e.applied() == null ? null : (Long) e.applied().total(),
                e.stored(),
                e.deadLettered(),
                e.leftUnapplied(),
                e.duplicatesAbsorbed(),
                lost,
                balanced,
                settled,
                because);
    }
}
