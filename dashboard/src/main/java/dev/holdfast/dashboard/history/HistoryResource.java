package dev.holdfast.dashboard.history;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code GET /api/history?span=15m|24h}: what the charts show before the first live sample arrives. */
@Path("/api/history")
public class HistoryResource {
    private static final int MARKS_AT_MOST = 200;

    private final History history;

    HistoryResource(History history) {
        this.history = history;
    }

    /** Points and marks, oldest first. */
    public record Past(List<HistoryPoint> points, List<Mark> marks) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Past past(@QueryParam("span") String span) {
        boolean day = "24h".equals(span);
        Duration kept = day ? History.MINUTES_KEPT : History.SECONDS_KEPT;
        Instant from = Instant.now().minus(kept);
        return new Past(history.points(from, day), history.marks(from, MARKS_AT_MOST));
    }
}
