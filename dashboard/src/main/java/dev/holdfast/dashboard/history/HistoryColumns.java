package dev.holdfast.dashboard.history;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How seconds become buckets: peaks are kept for depths and latencies, the mean for rates, the sum for errors; and of depths and
 * rates the extremes too, so that a long range hides neither a spike nor a standstill.
 */
enum HistoryColumns {
    WAITING("waiting", "max(waiting)", "max(waiting)"),
    WAITING_LOW("waitingLow", "min(waiting)", "min(waiting_low)"),
    DELAYED("delayed", "max(delayed)", "max(delayed)"),
    IN_FLIGHT("inFlight", "max(in_flight)", "max(in_flight)"),
    DEAD_LETTERS("deadLetters", "max(dead_letters)", "max(dead_letters)"),
    RATE_IN("rateIn", "avg(rate_in)", "avg(rate_in)"),
    RATE_IN_LOW("rateInLow", "min(rate_in)", "min(rate_in_low)"),
    RATE_IN_HIGH("rateInHigh", "max(rate_in)", "max(rate_in_high)"),
    RATE_OUT("rateOut", "avg(rate_out)", "avg(rate_out)"),
    RATE_OUT_LOW("rateOutLow", "min(rate_out)", "min(rate_out_low)"),
    RATE_OUT_HIGH("rateOutHigh", "max(rate_out)", "max(rate_out_high)"),
    QUEUE_P50("queueP50Millis", "avg(queue_p50)", "avg(queue_p50)"),
    QUEUE_P99("queueP99Millis", "max(queue_p99)", "max(queue_p99)"),
    SEND_P50("sendP50Millis", "avg(send_p50)", "avg(send_p50)"),
    SEND_P99("sendP99Millis", "max(send_p99)", "max(send_p99)"),
    SEND_ERRORS("sendErrors", "sum(send_errors)", "sum(send_errors)");

    private final String chartName;
    private final String ofSeconds;
    private final String ofMinutes;

    HistoryColumns(String chartName, String ofSeconds, String ofMinutes) {
        this.chartName = chartName;
        this.ofSeconds = ofSeconds;
        this.ofMinutes = ofMinutes;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(column -> column.chartName).toList();
    }

    /** All of them, of rows that a {@code group by} brings together. */
    static String select(boolean minutes) {
        return Arrays.stream(values())
                .map(column -> (minutes ? column.ofMinutes : column.ofSeconds) + " as " + column.chartName)
                .collect(Collectors.joining(", "));
    }
}
