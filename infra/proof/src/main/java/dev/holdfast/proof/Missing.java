package dev.holdfast.proof;

import java.util.Collections;
import java.util.SortedSet;

/**
 * What a comparison of identities found.
 *
 * @param sequences acknowledged, and neither applied nor in the queue nor in its dead-letter queue
 * @param otherDeadLetters messages in the dead-letter queue that are no unapplied event of this producer: spare copies of applied
 *     ones, or another producer's
 */
public record Missing(SortedSet<Long> sequences, long otherDeadLetters) {
    public Missing {
        sequences = Collections.unmodifiableSortedSet(sequences);
    }
}
