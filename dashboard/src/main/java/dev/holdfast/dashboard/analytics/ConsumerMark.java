package dev.holdfast.dashboard.analytics;

import dev.holdfast.dashboard.history.Mark;
import java.time.Instant;

/** Something a consumer did, or that befell it, at a moment. */
public record ConsumerMark(Instant at, String consumer, Kind kind) {
    /** The kinds of the table mark, and the one that stands in for a crash until a start confirms it. */
    public enum Kind {
        START("started"),
        STOP("stopped"),
        PAUSE("paused"),
        RESUME("resumed"),
        CRASH("crashed"),
        SILENT("fell silent");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** As the charts show it. */
    public Mark shown() {
        return as(kind);
    }

    /** The same moment under another kind. */
    public Mark as(Kind other) {
        return new Mark(at, "consumer", consumer + " " + other.words);
    }
}
