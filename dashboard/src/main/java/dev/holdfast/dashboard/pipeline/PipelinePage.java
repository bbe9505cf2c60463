package dev.holdfast.dashboard.pipeline;

import dev.holdfast.dashboard.demo.DemoControl;
import dev.holdfast.dashboard.page.Figures;
import dev.holdfast.dashboard.sampling.Sample;
import dev.holdfast.dashboard.sampling.Sampler;
import dev.holdfast.kit.http.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** {@code GET /}: the pipeline as a picture, with the newest numbers already in it. */
@Path("/")
public class PipelinePage {
    private final Sampler sampler;
    private final SampleFigures figures;
    private final DemoControl demo;

    PipelinePage(Sampler sampler, SampleFigures figures, DemoControl demo) {
        this.sampler = sampler;
        this.figures = figures;
        this.demo = demo;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        private Templates() {}

        static native TemplateInstance pipeline(Figures figures, boolean lab, List<String> services);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Blocking
    public TemplateInstance show() {
        return Templates.pipeline(figures.newest(), demo.isOpen(), DemoControl.services());
    }

    /** {@code GET /api/sample}: the newest sample, for scripts that want no stream. */
    @GET
    @Path("api/sample")
    @Produces(MediaType.APPLICATION_JSON)
    public Sample sample() {
        return sampler.latest().orElseThrow(() -> Problem.of(503, "The first sample is due in a second."));
    }
}
