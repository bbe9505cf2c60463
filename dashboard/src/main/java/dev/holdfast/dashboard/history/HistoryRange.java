package dev.holdfast.dashboard.history;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What a chart can show, in buckets that a screen can tell apart. */
public enum HistoryRange {
    FIVE_MINUTES("5m", Duration.ofMinutes(5), 1, false),
    QUARTER("15m", Duration.ofMinutes(15), 1, false),
    HOUR("1h", Duration.ofHours(1), 5, false),
    SIX_HOURS("6h", Duration.ofHours(6), 60, true),
    DAY("24h", Duration.ofHours(24), 120, true);

    private final String word;
    private final Duration length;
    private final int stepSeconds;
    private final boolean ofMinutes;

    HistoryRange(String word, Duration length, int stepSeconds, boolean ofMinutes) {
        this.word = word;
        this.length = length;
        this.stepSeconds = stepSeconds;
        this.ofMinutes = ofMinutes;
    }

    /** By its word in an address. */
    public static Optional<HistoryRange> find(String word) {
        return Arrays.stream(values()).filter(range -> range.word.equals(word)).findFirst();
    }

    public Duration length() {
        return length;
    }

    int stepSeconds() {
        return stepSeconds;
    }

    boolean isOfMinutes() {
        return ofMinutes;
    }
}
