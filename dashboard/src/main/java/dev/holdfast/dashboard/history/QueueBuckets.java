package dev.holdfast.dashboard.history;

import dev.holdfast.dashboard.history.QueueHistory.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the looks at a queue, in their order, into the buckets of a chart: depths at their peak, rates on average. */
final class QueueBuckets {
    /** Looks are this far apart; a chart shows nothing finer. */
    private static final int STEP_AT_LEAST = 10;

    private final HistoryRange range;
    private final int step;
    private final List<Long> at = new ArrayList<>();
    private final Map<String, List<@Nullable Double>> columns = new LinkedHashMap<>();
    private @Nullable Figures known;

    /** The look before the bucket, from which its rates count. */
    private @Nullable Figures before;

    private long beforeAt;
    private long lastAt;

    QueueBuckets(HistoryRange range) {
        this.range = range;
        this.step = Math.max(STEP_AT_LEAST, range.stepSeconds());
        for (String column : List.of("waiting", "inFlight", "delayed", "rateIn", "rateOut")) {
            columns.put(column, new ArrayList<>());
        }
    }

    /** The first second of the first bucket. */
    long start(Instant now) {
        return (now.getEpochSecond() - range.length().toSeconds()) / step * step;
    }

    /** How the queue stood before the first bucket. */
    void begin(Figures figures) {
        known = figures;
    }

    /** @param changed null where the queue was as at the look before */
    void add(long second, @Nullable Figures changed) {
        Figures previous = known;
        if (changed != null) {
            known = changed;
        }
        if (known == null) {
            return;
        }
        long bucket = second / step * step;
        if (at.isEmpty() || at.getLast() != bucket) {
            before = lastAt == 0 ? null : previous;
            beforeAt = lastAt;
            at.add(bucket);
            columns.values().forEach(values -> values.add(null));
        }
        lastAt = second;
        peak("waiting", (double) known.waiting());
        peak("inFlight", (double) known.inFlight());
        peak("delayed", (double) known.delayed());
        if (before != null) {
            double seconds = (double) (second - beforeAt);
            // A queue that was deleted and created again counts from zero.
            set("rateIn", Math.max(0, known.came() - before.came()) / seconds);
            set("rateOut", Math.max(0, known.left() - before.left()) / seconds);
        }
    }

    private void peak(String column, double value) {
        Double present = column(column).getLast();
        set(column, present == null ? value : Math.max(present, value));
    }

    private void set(String column, double value) {
        column(column).set(at.size() - 1, value);
    }

    private List<@Nullable Double> column(String name) {
        List<@Nullable Double> values = columns.get(name);
        if (values == null) {
            throw new IllegalArgumentException("no column " + name);
        }
        return values;
    }

    Past past() {
        return new Past(step, at, columns, List.of());
    }
}
