package dev.holdfast.dashboard.console;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the list of queues shows.
 *
 * @param names that the form offers
 * @param trouble why there is no list; null where there is one
 */
record QueueListView(
        QueueQuery query,
        List<QueueRow> rows,
        Queues.QueueCounts counts,
        List<String> names,
        Instant at,
        @Nullable String trouble) {

    static QueueListView of(Queues.Listing listing, List<String> names) {
        return new QueueListView(listing.query(), listing.queues(), listing.counts(), names, listing.at(), null);
    }

    /** 51–100 of 10,000 queues. */
    public String range() {
        int first = (query.page() - 1) * QueueQuery.ROWS + 1;
        String queues = counts.found() == 1 ? " queue" : " queues";
        return rows.isEmpty()
                ? "0 queues"
                : String.format(Locale.US, "%,d–%,d of %,d%s", first, first + rows.size() - 1, counts.found(), queues);
    }

    public @Nullable String previous() {
        return query.page() > 1 ? query.pageLink(query.page() - 1) : null;
    }

    public @Nullable String next() {
        return query.page() < QueueQuery.pages(counts.found()) ? query.pageLink(query.page() + 1) : null;
    }

    public boolean isFiltered() {
        return !query.filter().isEmpty() || query.warned();
    }
}
