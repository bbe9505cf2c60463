package dev.holdfast.dashboard.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.holdfast.dashboard.page.Figures;
import dev.holdfast.dashboard.sampling.Sampler;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The newest sample as the figures of a page. */
@ApplicationScoped
public class SampleFigures {
    private final Sampler sampler;
    private final ObjectMapper json;

    SampleFigures(Sampler sampler, ObjectMapper json) {
        this.sampler = sampler;
        this.json = json;
    }

    /** All figures are unknown before the first sample. */
    public Figures newest() {
        Optional<JsonNode> sample = sampler.latest().map(newest -> json.valueToTree(newest));
        return new Figures(sample.orElse(MissingNode.getInstance()));
    }
}
