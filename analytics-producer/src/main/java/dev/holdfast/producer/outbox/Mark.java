package dev.holdfast.producer.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change worth a label on a chart.
 *
 * @param id ascending, never used twice; 0 before it is stored
 * @param value events per second for RATE and START, a count for BURST and POISON
 */
public record Mark(long id, Instant at, Kind kind, @Nullable Double value, String text) {
    public enum Kind {
        BOOT,
        EXIT,
        START,
        STOP,
        RATE,
        BURST,
        POISON,
        QUEUE_LOST,
        QUEUE_BACK
    }

    public static Mark of(Instant at, Kind kind, String text) {
        return new Mark(0, at, kind, null, text);
    }

    public static Mark of(Instant at, Kind kind, double value, String text) {
        return new Mark(0, at, kind, value, text);
    }
}
