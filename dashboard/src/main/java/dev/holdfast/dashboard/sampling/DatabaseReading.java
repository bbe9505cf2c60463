package dev.holdfast.dashboard.sampling;

import dev.holdfast.dashboard.analytics.CategorySummary;
import dev.holdfast.dashboard.analytics.ConsumerSession;
import dev.holdfast.dashboard.analytics.Progress;
import dev.holdfast.dashboard.analytics.QueueTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The consumer's database, read without asking the consumer. */
public record DatabaseReading(
        Contact contact,
        @Nullable Progress progress,
        @Nullable QueueTime queueTime,
        List<ConsumerSession> consumers,
        List<CategorySummary> categories) {
    public DatabaseReading {
        consumers = List.copyOf(consumers);
        categories = List.copyOf(categories);
    }

    static DatabaseReading unknown(Contact contact) {
        return new DatabaseReading(contact, null, null, List.of(), List.of());
    }
}
