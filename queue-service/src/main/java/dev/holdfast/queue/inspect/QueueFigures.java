package dev.holdfast.queue.inspect;

import dev.holdfast.queue.ledger.Traffic;

/**
 * What CloudWatch would show of one queue, or of several together.
 *
 * @param oldestAgeSeconds 0 when there is no message
 */
record QueueFigures(
        Traffic.Totals traffic,
        long visible,
        long notVisible,
        long delayed,
        long noisyGroups,
        double oldestAgeSeconds) {
    static final QueueFigures NONE = new QueueFigures(Traffic.Totals.NONE, 0, 0, 0, 0, 0);

    /** Sums, and the larger of the ages. */
    QueueFigures plus(QueueFigures other) {
        return new QueueFigures(
                traffic.plus(other.traffic),
                visible + other.visible,
                notVisible + other.notVisible,
                delayed + other.delayed,
                noisyGroups + other.noisyGroups,
                Math.max(oldestAgeSeconds, other.oldestAgeSeconds));
    }
}
