package dev.holdfast.proof;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the three parties say, read in this order: producer, queue, consumer. The order is what makes the comparison
 * sound: whatever was acknowledged before the queue was read is in the queue then, or has left it by then; and whatever the
 * consumer had deleted by then, it had applied.
 *
 * @param silent the party that could not be read; null where all could
 * @param queue null where the server keeps no ledger
 * @param deletedByHand messages that a person deleted from the main queue on the dashboard's page
 * @param missing acknowledged events that are neither applied nor in a queue, by identity; empty where the identities
 *     could not be compared
 * @param later the queue once more, read after the consumer; null where identities could not be compared
 */
public record Evidence(
        @Nullable Party silent,
        @Nullable ProducerSide producer,
        @Nullable QueueSide queue,
        @Nullable ConsumerSide consumer,
        long deletedByHand,
        Optional<Missing> missing,
        @Nullable QueueSide later) {

    /** Whose numbers are compared. */
    public enum Party {
        PRODUCER("the producer does not answer, so what was acknowledged to it is unknown"),
        QUEUE("the queue does not answer, so what it holds is unknown"),
        CONSUMER("the consumer's database cannot be read, so what was applied is unknown");

        private final String consequence;

        Party(String consequence) {
            this.consequence = consequence;
        }

        String consequence() {
            return consequence;
        }
    }

    /** Without a comparison of identities. */
    public static Evidence of(
            ProducerSide producer, @Nullable QueueSide queue, ConsumerSide consumer, long deletedByHand) {
        return new Evidence(null, producer, queue, consumer, deletedByHand, Optional.empty(), null);
    }

    /** Where one party could not be read; the numbers of the others are still shown. */
    public static Evidence without(
            Party silent,
            @Nullable ProducerSide producer,
            @Nullable QueueSide queue,
            @Nullable ConsumerSide consumer,
            long deletedByHand) {
        return new Evidence(silent, producer, queue, consumer, deletedByHand, Optional.empty(), null);
    }

    /** The same with what was found missing. */
    public Evidence withMissing(Missing found, QueueSide queueAfterwards) {
        return new Evidence(silent, producer, queue, consumer, deletedByHand, Optional.of(found), queueAfterwards);
    }
}
