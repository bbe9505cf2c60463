package dev.holdfast.dashboard.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.dashboard.sampling.Sample;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** {@code sample}: the newest sample at once, then one a second. It is written as JSON once, however many listen. */
@ApplicationScoped
class SampleTopic implements Topic {
    static final String NAME = "sample";

    private final ObjectMapper json;
    private final BroadcastProcessor<String> ticks = BroadcastProcessor.create();
    private volatile String newest = "";

    SampleTopic(ObjectMapper json) {
        this.json = json;
    }

    void publish(@Observes Sample sample) throws JsonProcessingException {
        newest = "{\"topic\":\"" + NAME + "\",\"sample\":" + json.writeValueAsString(sample) + "}";
        ticks.onNext(newest);
    }

    @Override
    public Optional<Multi<String>> follow(String name) {
        if (!name.equals(NAME)) {
            return Optional.empty();
        }
        Multi<String> first = Multi.createFrom().items(newest).filter(text -> !text.isEmpty());
        return Optional.of(Multi.createBy()
                .concatenating()
                .streams(first, ticks.onOverflow().drop()));
    }
}
