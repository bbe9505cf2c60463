package dev.holdfast.dashboard.lessons;

import dev.holdfast.dashboard.sampling.Sample;
import dev.holdfast.kit.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;

/** {@code /api/lessons}: begins, keeps alive and puts back. */
@Path("/api/lessons")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class LessonResource {
    private final PipelineSnapshot snapshot;

    LessonResource(PipelineSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** What came of it. */
    public record Done(String message) {}

    @POST
    @Path("{slug}/begin")
    public Done begin(@PathParam("slug") String slug) {
        Lesson lesson = Lesson.find(slug).orElseThrow(() -> Problem.of(404, "There is no lesson of this name."));
        snapshot.begin(lesson, Instant.now());
        return new Done(lesson.title() + " begins. What it changes is put back at its end.");
    }

    @POST
    @Path("here")
    public Done here() {
        snapshot.heard(Instant.now());
        return new Done(snapshot.current().map(Lesson::slug).orElse(""));
    }

    @POST
    @Path("reset")
    public Done reset() {
        if (!snapshot.putBack()) {
            throw Problem.of(502, "Not everything could be put back: a service does not answer. It is tried again.");
        }
        return new Done("Everything is as it was before the lesson.");
    }

    /** Off the sampler's thread, because starting a service takes seconds. */
    void everySecond(@ObservesAsync Sample sample) {
        snapshot.check(sample.at());
    }
}
