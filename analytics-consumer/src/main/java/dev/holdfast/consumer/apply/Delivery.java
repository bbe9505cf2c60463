package dev.holdfast.consumer.apply;

import dev.holdfast.consumer.event.PriceEvent;
import org.jspecify.annotations.Nullable;

/** What one received message turned out to be. */
public sealed interface Delivery {
    /** A valid event. The time is when the queue took the message, in Unix milliseconds, where the queue told it. */
    record Event(PriceEvent event, @Nullable Long sentAtMillis) implements Delivery {}

    /**
     * No valid event: left in the queue. Identity as far as the message's attributes told it.
     *
     * @param receiveCount how often the queue has handed it out, from 1
     * @param bodyStart at most 200 characters, for people
     */
    record Refused(
            String messageId,
            @Nullable String producerId,
            @Nullable Long sequence,
            long receiveCount,
            String reason,
            String bodyStart)
            implements Delivery {
        public static final int MAX_BODY_START_LENGTH = 200;
    }
}
