package dev.holdfast.dashboard.live;

import dev.holdfast.kit.http.Problem;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.RestStreamElementType;

/**
 * {@code GET /api/live?topic=…&topic=…}: everything that a browser wants to hear, over one connection, whatever tabs it
 * has open (assets/live-worker.js). Each message says which topic it belongs to.
 */
@Path("/api/live")
@ApplicationScoped
public class LiveStream {
    /** More tabs than anybody looks at; the rest of what is asked for is left out. */
    private static final int TOPICS_AT_MOST = 200;

    private final List<Topic> topics;

    LiveStream(@All List<Topic> topics) {
        this.topics = topics;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.TEXT_PLAIN)
    public Multi<String> follow(@QueryParam("topic") List<String> names) {
        Set<String> wanted = new LinkedHashSet<>(names.isEmpty() ? List.of(SampleTopic.NAME) : names);
        // One tab with an odd address must not silence the others.
        List<Multi<String>> news = wanted.stream()
                .limit(TOPICS_AT_MOST)
                .map(this::topic)
                .flatMap(Optional::stream)
                .toList();
        if (news.isEmpty()) {
            throw Problem.of(404, "There is no such topic: " + String.join(", ", wanted) + ".");
        }
        return Multi.createBy().merging().withConcurrency(TOPICS_AT_MOST).streams(news);
    }

    private Optional<Multi<String>> topic(String name) {
        return topics.stream()
                .map(topic -> topic.follow(name))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
