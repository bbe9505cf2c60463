package dev.holdfast.dashboard.sampling;

import dev.holdfast.dashboard.page.Wording;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What every page says above its content, where a service does not answer: which, since when and why. */
@Named("outages")
@ApplicationScoped
public class Outages {
    private final Sampler sampler;

    Outages(Sampler sampler) {
        this.sampler = sampler;
    }

    /** A sentence for each; none while all is well. */
    public List<String> getLines() {
        return sampler.latest().stream()
                .flatMap(sample -> Stream.of(
                        line("Queue", sample.queue().contact()),
                        line("Producer", sample.producer().contact()),
                        line("Consumer", sample.consumer().contact())))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The clock of the last look, by which a page that hears no more says how old it is. */
    public String getAsOf() {
        return Wording.time(sampler.latest().map(Sample::at).orElse(Instant.now()));
    }

    private static String line(String part, Contact contact) {
        return contact.reachable()
                ? ""
                : part + " unreachable since " + Wording.time(contact.since()) + ": " + contact.problem();
    }
}
