package dev.holdfast.dashboard.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dashboard.analytics.Applied;
import dev.holdfast.dashboard.sqs.Ledger;
import dev.holdfast.dashboard.sqs.QueueFigures;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProvingTest {
    private static final long BY_HAND = 0;

    /** Without the comparison of identities, as on a server that shows no messages. */
    private final Proving countsOnly = new Proving(evidence -> OptionalLong.empty());

    @Test
    void holdsWhileWhatIsMissingIsStillInTheQueue() {
        Proof proof = countsOnly.prove(evidence(100, 5, queue(30, ledger(130, 100, 0, 30)), 70));

        assertThat(proof.balanced()).isTrue();
        assertThat(proof.settled()).isFalse();
        assertThat(proof.lost()).isZero();
    }

    @Test
    void provesLossWhenTheQueueHoldsFewerThanAreMissing() {
        Proof proof = countsOnly.prove(evidence(100, 5, queue(10, ledger(100, 90, 0, 10)), 70));

        assertThat(proof.balanced()).isFalse();
        assertThat(proof.lost()).isEqualTo(20);
    }

    @Test
    void aDeleteThatNobodyAskedForIsLossAndNotLeftByHand() {
        Proof proof = countsOnly.prove(evidence(100, 0, queue(0, ledger(100, 100, 0, 0)), 99));

        assertThat(proof.balanced()).isFalse();
        assertThat(proof.lost()).isEqualTo(1);
    }

    @Test
    void countsThePurgedAsLeftUnapplied() {
        Proof proof = countsOnly.prove(evidence(100, 0, queue(0, ledger(100, 60, 40, 0)), 60));

        assertThat(proof.leftUnapplied()).isEqualTo(40);
        assertThat(proof.balanced()).isTrue();
    }

    @Test
    void knowsWithoutALedgerOnlyThatEverythingIsApplied() {
        Proof allApplied = countsOnly.prove(evidence(100, 0, queue(0, null), 100));
        Proof underWay = countsOnly.prove(evidence(100, 0, queue(3, null), 97));

        assertThat(allApplied.balanced()).isTrue();
        assertThat(underWay.balanced()).isNull();
        assertThat(underWay.lost()).isNull();
        assertThat(underWay.because()).contains("no ledger");
    }

    @Test
    void cannotKnowWhileAPartIsSilent() {
        Evidence all = evidence(100, 0, queue(0, ledger(100, 100, 0, 0)), 100);
        Proof proof = countsOnly.prove(new Evidence(
                "the queue is not reachable",
                all.producerId(),
                all.acknowledged(),
                all.through(),
                all.outbox(),
                all.main(),
                null,
                0L,
                BY_HAND,
                all.applied(),
                0L));

        assertThat(proof.balanced()).isNull();
        assertThat(proof.settled()).isNull();
        assertThat(proof.because()).isEqualTo("the queue is not reachable");
    }

    @Test
    void atRestTheIdentitiesDecideAndNotTheCounts() {
        Proving compared = new Proving(evidence -> OptionalLong.of(2));

        Proof proof = compared.prove(evidence(100, 0, queue(0, ledger(103, 98, 0, 0)), 98));

        assertThat(proof.settled()).isTrue();
        assertThat(proof.lost()).isEqualTo(2);
        assertThat(proof.balanced()).isFalse();
    }

    private static Evidence evidence(long acknowledged, long outbox, QueueFigures main, long applied) {
        return new Evidence(
                null,
                "p",
                acknowledged,
                acknowledged,
                outbox,
                main,
                null,
                0L,
                BY_HAND,
                new Applied(applied, applied),
                0L);
    }

    private static QueueFigures queue(long stored, @Nullable Ledger ledger) {
        return new QueueFigures("price-events", stored, 0, 0, null, ledger);
    }

    private static Ledger ledger(long sent, long deleted, long purged, long stock) {
        return new Ledger(sent, 0, deleted, 0, 0, purged, stock);
    }
}
