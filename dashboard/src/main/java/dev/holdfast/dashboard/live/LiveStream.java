package dev.holdfast.dashboard.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.dashboard.sampling.Sample;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestStreamElementType;

/**
 * {@code GET /api/live}: the newest sample at once, then one a second. A sample is written as JSON once and the same
 * text goes to every browser; one that reads too slowly misses samples instead of filling memory.
 */
@Path("/api/live")
@ApplicationScoped
public class LiveStream {
    private final ObjectMapper json;
    private final BroadcastProcessor<String> ticks = BroadcastProcessor.create();
    private volatile String newest = "";

    LiveStream(ObjectMapper json) {
        this.json = json;
    }

    void publish(@Observes Sample sample) throws JsonProcessingException {
        newest = json.writeValueAsString(sample);
        ticks.onNext(newest);
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.TEXT_PLAIN)
    public Multi<String> follow() {
        Multi<String> first = Multi.createFrom().items(newest).filter(text -> !text.isEmpty());
        return Multi.createBy()
                .concatenating()
                .streams(first, ticks.onOverflow().drop());
    }
}
