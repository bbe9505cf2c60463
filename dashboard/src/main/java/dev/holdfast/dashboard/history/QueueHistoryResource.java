package dev.holdfast.dashboard.history;

import dev.holdfast.kit.http.Problem;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;

/** {@code GET /api/queues/{name}/history?range=5m|15m|1h|6h|24h}: what the charts of a queue show. */
@Path("/api/queues/{name}/history")
public class QueueHistoryResource {
    private final QueueHistory history;

    QueueHistoryResource(QueueHistory history) {
        this.history = history;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Past past(@PathParam("name") String name, @QueryParam("range") @DefaultValue("15m") String range) {
        return HistoryRange.find(range)
                .map(known -> history.past(name, known, Instant.now()))
                .orElseThrow(() -> Problem.of(400, "range must be 5m, 15m, 1h, 6h or 24h.", "range"));
    }
}
