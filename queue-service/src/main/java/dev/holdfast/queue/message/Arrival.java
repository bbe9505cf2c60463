package dev.holdfast.queue.message;

import org.jspecify.annotations.Nullable;

/**
 * When a message came, in milliseconds since 1970.
 *
 * @param sentAtMillis to its first queue; a dead letter keeps it
 * @param retainedFromMillis when its retention began, where that is not when it was sent
 * @param movedAtMillis when it came here from another queue; null where it was sent here
 */
public record Arrival(
        long sentAtMillis,
        @Nullable Long retainedFromMillis,
        @Nullable Long movedAtMillis) {

    static Arrival sent(long atMillis) {
        return new Arrival(atMillis, null, null);
    }

    /** From when its retention counts. */
    long retainedSince() {
        return retainedFromMillis != null ? retainedFromMillis : sentAtMillis;
    }
}
