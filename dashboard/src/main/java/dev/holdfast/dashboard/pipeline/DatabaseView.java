package dev.holdfast.dashboard.pipeline;

import dev.holdfast.dashboard.analytics.Progress;
import dev.holdfast.dashboard.analytics.QueueTime;
import dev.holdfast.dashboard.page.Badge;
import dev.holdfast.dashboard.sampling.Sample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The consumer's database as the picture shows it.
 *
 * @param queueTime from sent to applied, of the last seconds; null while nothing is applied
 */
record DatabaseView(
        boolean reachable,
        @Nullable Progress progress,
        @Nullable QueueTime queueTime) {

    static DatabaseView of(Sample sample) {
        var database = sample.database();
        return new DatabaseView(database.contact().reachable(), database.progress(), database.queueTime());
    }

    public Badge badge() {
        return reachable ? Badge.UP : Badge.UNREACHABLE;
    }

    public @Nullable Long applied() {
        return progress == null ? null : (Long) progress.applied();
    }

    public @Nullable Long duplicates() {
        return progress == null ? null : (Long) progress.duplicatesAbsorbed();
    }

    public @Nullable Long refused() {
        return progress == null ? null : (Long) progress.failures();
    }

    public @Nullable Instant computedUpTo() {
        return progress == null ? null : progress.computedUpTo();
    }

    public @Nullable Double p50Millis() {
        return queueTime == null ? null : (Double) queueTime.p50Millis();
    }

    public @Nullable Double p99Millis() {
        return queueTime == null ? null : (Double) queueTime.p99Millis();
    }
}
