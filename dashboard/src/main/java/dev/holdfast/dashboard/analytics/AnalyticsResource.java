package dev.holdfast.dashboard.analytics;

import dev.holdfast.kit.http.Problem;
import dev.holdfast.proof.ConsumerReads;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/analytics}: what the consumer computed, read at most once a second however many browsers ask. */
@Path("/api/analytics")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public class AnalyticsResource {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int FAILURES_SHOWN = 50;

    private final ConsumerDatabase database;
    private @Nullable Snapshot newest;

    AnalyticsResource(ConsumerDatabase database) {
        this.database = database;
    }

    /** Everything the analytics page lists, of one snapshot. */
    record Snapshot(
            Instant at,
            Progress progress,
            List<CategorySummary> categories,
            List<AnalyticsReads.Product> products,
            List<AnalyticsReads.Event> events) {}

    @GET
    public synchronized Snapshot snapshot() {
        Instant now = Instant.now();
        if (newest == null || newest.at().plus(FRESH).isBefore(now)) {
            newest = read(db -> new Snapshot(
                    now,
                    Aggregates.progress(db),
                    Aggregates.categories(db),
                    AnalyticsReads.products(db),
                    AnalyticsReads.events(db)));
        }
        return newest;
    }

    /** @param span 15m, 1h, 24h (a bar a minute) or all (a bar an hour) */
    @GET
    @Path("bars")
    public List<AnalyticsReads.Bar> bars(
            @QueryParam("kind") String kind, @QueryParam("key") String key, @QueryParam("span") String span) {
        if (kind == null || key == null || !Set.of("product", "category").contains(kind)) {
            throw Problem.of(400, "kind must be product or category, and key its sku or name.");
        }
        Instant now = Instant.now();
        long from = switch (span == null ? "1h" : span) {
            case "15m" -> now.minus(Duration.ofMinutes(15)).toEpochMilli();
            case "1h" -> now.minus(Duration.ofHours(1)).toEpochMilli();
            case "24h" -> now.minus(Duration.ofHours(24)).toEpochMilli();
            case "all" -> 0;
            default -> throw Problem.of(400, "span must be 15m, 1h, 24h or all.");
        };
        return read(db -> AnalyticsReads.bars(db, kind, key, from == 0 ? "hour" : "minute", from));
    }

    /** Messages refused by the consumers, the newest first: the reasons behind the dead letters. */
    @GET
    @Path("failures")
    public List<Failure> failures() {
        return read(db -> AnalyticsReads.failures(db, FAILURES_SHOWN));
    }

    private <T> T read(ConsumerReads.Read<T> read) {
        try {
            return database.read(read);
        } catch (IOException e) {
            throw Problem.of(503, "The aggregates cannot be shown: " + e.getMessage() + ".");
        }
    }
}
