package dev.holdfast.consumer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.consumer.Events;
import dev.holdfast.consumer.event.Identity;
import dev.holdfast.consumer.processed.SequenceRange;
import dev.holdfast.consumer.processed.SequenceRanges;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProofTest {
    @Test
    void settledAndComplete() {
        Proof proof = Proof.of(
                producer(10, 0), queue(11, 0, 9, 0, 5), database(2, new SequenceRange(1, 4), new SequenceRange(6, 10)));

        assertThat(proof.balanced()).isTrue();
        assertThat(proof.settled()).isTrue();
        assertThat(proof.missing()).isEmpty();
        assertThat(proof.spareCopies()).isEqualTo(1);
    }

    @Test
    void aSequenceThatIsNowhereIsLost() {
        Proof proof = Proof.of(
                producer(10, 0), queue(10, 0, 8, 0, 5), database(0, new SequenceRange(1, 4), new SequenceRange(7, 10)));

        assertThat(proof.balanced()).isFalse();
        assertThat(proof.lost()).isEqualTo(1);
        assertThat(proof.missing()).containsExactly(new SequenceRange(6, 6));
    }

    @Test
    void whatLeftByANamedDoorIsNotLost() {
        Proof expired = Proof.of(
                producer(10, 0), queue(10, 0, 8, 1, 5), database(0, new SequenceRange(1, 4), new SequenceRange(7, 10)));
        Proof deletedByHand = Proof.of(
                producer(10, 0), queue(10, 0, 9, 0, 5), database(0, new SequenceRange(1, 4), new SequenceRange(7, 10)));

        assertThat(expired.balanced()).isTrue();
        assertThat(deletedByHand.balanced()).isTrue();
        assertThat(deletedByHand.leftUnapplied()).isEqualTo(1);
        assertThat(deletedByHand.missing()).containsExactly(new SequenceRange(6, 6));
    }

    @Test
    void whileItRunsOnlyABreachProvesALoss() {
        Proof running = Proof.of(producer(100, 3), queue(100, 50, 50, 0), database(0, new SequenceRange(1, 50)));
        Proof breached = Proof.of(producer(100, 3), queue(100, 49, 50, 0), database(0, new SequenceRange(1, 50)));

        assertThat(running.settled()).isFalse();
        assertThat(running.balanced()).isTrue();
        assertThat(breached.balanced()).isFalse();
        assertThat(breached.lost()).isEqualTo(1);
    }

    private static ProducerSide producer(long acknowledgedThrough, long outbox) {
        return new ProducerSide(Events.PRODUCER.toString(), acknowledgedThrough, outbox);
    }

    private static QueueSide queue(long sent, long stock, long deleted, long leftByDoor, long... deadLettered) {
        Set<Identity> identities = new HashSet<>();
        for (long sequence : deadLettered) {
            identities.add(new Identity(Events.PRODUCER, sequence));
        }
        return new QueueSide(sent, stock, identities, deadLettered.length, deadLettered.length, deleted, leftByDoor);
    }

    private static DatabaseSide database(long duplicates, SequenceRange... applied) {
        SequenceRanges ranges = SequenceRanges.of(List.of(applied));
        return new DatabaseSide(ranges, ranges.count(), duplicates);
    }
}
