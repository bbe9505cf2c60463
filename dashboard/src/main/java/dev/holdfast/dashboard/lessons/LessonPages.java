package dev.holdfast.dashboard.lessons;

import dev.holdfast.dashboard.demo.DemoControl;
import dev.holdfast.kit.http.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** {@code GET /lessons} and {@code /lessons/{slug}}. */
@Path("/lessons")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class LessonPages {
    private final DemoControl demo;

    LessonPages(DemoControl demo) {
        this.demo = demo;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        private Templates() {}

        static native TemplateInstance lessons(List<Lesson> all);

        static native TemplateInstance lesson(Lesson lesson, boolean lab);
    }

    @GET
    public TemplateInstance all() {
        return Templates.lessons(List.of(Lesson.values()));
    }

    @GET
    @Path("{slug}")
    public TemplateInstance one(@PathParam("slug") String slug) {
        Lesson lesson = Lesson.find(slug).orElseThrow(() -> Problem.of(404, "There is no lesson of this name."));
        return Templates.lesson(lesson, demo.isOpen());
    }
}
