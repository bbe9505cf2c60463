package dev.holdfast.dashboard.pipeline;

import dev.holdfast.dashboard.page.Badge;
import dev.holdfast.dashboard.sampling.Sample;
import dev.holdfast.dashboard.sqs.QueueFigures;
import org.jspecify.annotations.Nullable;

/**
 * The queue as a tank. Its scale follows the highest level of the last minutes, so that filling and draining are seen
 * against a mark that stands still.
 *
 * @param figures the last known; null before the first answer
 * @param capacity messages at the upper mark
 * @param trend filling, draining or steady
 * @param drainSeconds until it is empty if both rates stay; null while it does not drain
 */
record Tank(
        Badge badge,
        boolean reachable,
        boolean exact,
        @Nullable QueueFigures figures,
        long capacity,
        String trend,
        @Nullable Double drainSeconds,
        String note) {
    private static final long SMALLEST = 200;
    private static final double HEADROOM = 1.15;

    /** A difference of the rates that is no noise. */
    private static final double NOTICEABLE = 0.15;

    static Tank of(Sample sample, double peak) {
        var queue = sample.queue();
        boolean reachable = queue.contact().reachable();
        Double in = sample.rates().in();
        Double applied = sample.rates().applied();
        QueueFigures main = queue.main();
        String trend = "steady";
        if (reachable && main != null && in != null && applied != null && main.stored() > 20) {
            double difference = in - applied;
            double noise = Math.max(2, NOTICEABLE * Math.max(in, applied));
            trend = difference > noise ? "filling" : difference < -noise ? "draining" : "steady";
        }
        return new Tank(
                reachable ? Badge.UP : Badge.UNREACHABLE,
                reachable,
                queue.ledger(),
                main,
                capacity(Math.max(peak, main == null ? 0.0 : (double) main.stored())),
                trend,
                reachable ? sample.rates().drainSeconds() : null,
                reachable ? "" : PipelineView.down(queue.contact()));
    }

    /** The next of 200, 500, 1,000, 2,000 … above a level. */
    static long capacity(double level) {
        long capacity = SMALLEST;
        int step = 0;
        while (capacity < level * HEADROOM) {
            capacity = step++ % 3 == 0 ? capacity / 2 * 5 : capacity * 2;
        }
        return capacity;
    }

    public @Nullable Long waiting() {
        return figures == null ? null : (Long) figures.waiting();
    }

    public @Nullable Long inFlight() {
        return figures == null ? null : (Long) figures.inFlight();
    }

    public @Nullable Long oldestAgeSeconds() {
        return figures == null ? null : figures.oldestAgeSeconds();
    }

    /** Of a tank 100 high. */
    public double waitingHeight() {
        return height(figures == null ? 0 : figures.waiting());
    }

    public double flightHeight() {
        return height(figures == null ? 0 : figures.inFlight());
    }

    public double delayedHeight() {
        return height(figures == null ? 0 : figures.delayed());
    }

    /** Where the waiting begin, from above. */
    public double waitingTop() {
        return 100 - waitingHeight();
    }

    public double flightTop() {
        return waitingTop() - flightHeight();
    }

    public double delayedTop() {
        return flightTop() - delayedHeight();
    }

    public long half() {
        return capacity / 2;
    }

    private double height(long messages) {
        return Math.round(Math.min(100.0, 100.0 * messages / capacity) * 100) / 100.0;
    }
}
