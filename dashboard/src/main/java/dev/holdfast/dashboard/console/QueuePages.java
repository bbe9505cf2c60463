package dev.holdfast.dashboard.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /queues}, {@code /queues/{name}}, {@code /queues/{name}/live}: the frames; the scripts fill them. */
@Path("/queues")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class QueuePages {
    @CheckedTemplate(basePath = "")
    static class Templates {
        private Templates() {}

        static native TemplateInstance queues();

        static native TemplateInstance queue(String name, boolean fifo);

        static native TemplateInstance life(String name);
    }

    @GET
    public TemplateInstance list() {
        return Templates.queues();
    }

    @GET
    @Path("{name}")
    public TemplateInstance one(@PathParam("name") String name) {
        return Templates.queue(name, name.endsWith(".fifo"));
    }

    @GET
    @Path("{name}/live")
    public TemplateInstance life(@PathParam("name") String name) {
        return Templates.life(name);
    }
}
