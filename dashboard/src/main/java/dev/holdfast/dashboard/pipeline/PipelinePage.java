package dev.holdfast.dashboard.pipeline;

import dev.holdfast.dashboard.PipelineConfig;
import dev.holdfast.dashboard.analytics.AnalyticsReads;
import dev.holdfast.dashboard.analytics.ConsumerDatabase;
import dev.holdfast.dashboard.analytics.Failure;
import dev.holdfast.dashboard.demo.DemoControl;
import dev.holdfast.dashboard.history.History;
import dev.holdfast.dashboard.history.HistoryPoint;
import dev.holdfast.dashboard.message.SeenMessages;
import dev.holdfast.dashboard.page.Address;
import dev.holdfast.dashboard.page.LivePage;
import dev.holdfast.dashboard.page.PageContent;
import dev.holdfast.dashboard.sampling.Sample;
import dev.holdfast.dashboard.sampling.Sampler;
import dev.holdfast.kit.http.Problem;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code GET /}: the pipeline as a picture that lives. */
@Path("/")
public class PipelinePage implements LivePage {
    /** The tank's scale keeps a peak in sight this long. */
    private static final Duration PEAK_KEPT = Duration.ofMinutes(2);

    private static final int REFUSED_SHOWN = 20;
    private static final int LATEST_SHOWN = 12;

    private final Sampler sampler;
    private final DemoControl demo;
    private final History history;
    private final ConsumerDatabase database;
    private final SeenMessages seen;
    private final PipelineConfig config;
    private final Template template;

    PipelinePage(
            Sampler sampler,
            DemoControl demo,
            History history,
            ConsumerDatabase database,
            SeenMessages seen,
            PipelineConfig config,
            @Location("pipeline.html") Template template) {
        this.sampler = sampler;
        this.demo = demo;
        this.history = history;
        this.database = database;
        this.seen = seen;
        this.config = config;
        this.template = template;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Blocking
    public TemplateInstance show() {
        return content().page();
    }

    @Override
    public Optional<PageContent> at(Address address) {
        return address.is() ? Optional.of(content()) : Optional.empty();
    }

    /** {@code GET /api/sample}: the newest sample, for scripts that want no stream. */
    @GET
    @Path("api/sample")
    @Produces(MediaType.APPLICATION_JSON)
    public Sample sample() {
        return sampler.latest().orElseThrow(() -> Problem.of(503, "The first sample is due in a second."));
    }

    private PageContent content() {
        Sample sample = sampler.newest();
        List<Worker> workers = Worker.of(sample, config.consumerUrl().getPort());
        return new PageContent(
                template,
                new PipelineView(
                        config.queue(),
                        config.deadLetterQueue(),
                        sample,
                        ProducerView.of(sample),
                        Tank.of(sample, peak(sample)),
                        workers,
                        demo.isOpen(),
                        another(workers),
                        refused(),
                        seen.latest(config.queue(), LATEST_SHOWN)));
    }

    private double peak(Sample sample) {
        return history.points(sample.at().minus(PEAK_KEPT), false).stream()
                .mapToDouble(PipelinePage::stored)
                .max()
                .orElse(0);
    }

    private static double stored(HistoryPoint point) {
        return Stream.of(point.waiting(), point.delayed(), point.inFlight())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private static @Nullable String another(List<Worker> workers) {
        return Arrays.stream(DemoControl.ExtraConsumer.values())
                .map(DemoControl::word)
                .filter(name -> workers.stream()
                        .noneMatch(worker -> worker.alive() && worker.name().equals(name)))
                .findFirst()
                .orElse(null);
    }

    private List<Failure> refused() {
        try {
            return database.read(db -> AnalyticsReads.failures(db, REFUSED_SHOWN));
        } catch (IOException e) {
            return List.of(); // The database's own badge says that it cannot be read.
        }
    }
}
