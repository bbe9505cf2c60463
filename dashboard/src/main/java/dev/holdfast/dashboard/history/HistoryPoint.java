package dev.holdfast.dashboard.history;

import org.jspecify.annotations.Nullable;

/**
 * One second (or one minute) of the charts. What was not known then is null, and the chart shows a gap.
 *
 * @param at epoch seconds
 * @param rateIn messages a second acknowledged to the producer
 * @param rateOut events a second applied by the consumers
 */
public record HistoryPoint(
        long at,
        @Nullable Double waiting,
        @Nullable Double delayed,
        @Nullable Double inFlight,
        @Nullable Double deadLetters,
        @Nullable Double oldestAgeSeconds,
        @Nullable Double rateIn,
        @Nullable Double rateOut,
        @Nullable Double queueP50Millis,
        @Nullable Double queueP99Millis,
        @Nullable Double sendP50Millis,
        @Nullable Double sendP99Millis,
        @Nullable Double sendErrors) {}
