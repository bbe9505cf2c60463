package dev.holdfast.dashboard.console;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /queues/{name}/live}: the frame; the stream of the queue's events fills it. */
@Path("/queues/{name}/live")
@Produces(MediaType.TEXT_HTML)
public class LifePage {
    private final Template template;

    LifePage(@Location("life.html") Template template) {
        this.template = template;
    }

    @GET
    @Blocking
    public TemplateInstance show(@PathParam("name") String name) {
        return template.data("name", name);
    }
}
