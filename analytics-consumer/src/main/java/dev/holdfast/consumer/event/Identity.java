package dev.holdfast.consumer.event;

import java.util.Comparator;
import java.util.UUID;

/**
 * What makes an event the same event in every copy of it: who made it, and which one of theirs it is (from 1, no gaps).
 * The order is that of the producer's id as text, then the sequence; {@code UUID.compareTo} is signed and would differ from SQL's.
 */
public record Identity(UUID producerId, long sequence) implements Comparable<Identity> {
    private static final Comparator<Identity> ORDER = Comparator.<Identity>comparingLong(
                    identity -> identity.producerId.getMostSignificantBits() + Long.MIN_VALUE)
            .thenComparingLong(identity -> identity.producerId.getLeastSignificantBits() + Long.MIN_VALUE)
            .thenComparingLong(Identity::sequence);

    @Override
    public int compareTo(Identity other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return producerId + "/" + sequence;
    }
}
