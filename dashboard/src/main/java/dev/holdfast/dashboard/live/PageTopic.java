package dev.holdfast.dashboard.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.dashboard.page.Address;
import dev.holdfast.dashboard.page.LivePage;
import dev.holdfast.dashboard.page.PageContent;
import dev.holdfast.dashboard.sampling.Sample;
import io.quarkus.arc.All;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * {@code page:/queues?state=waiting}: the parts of a page that changed, as HTML, once a second. A page is rendered once
 * a second however many browsers show it; each follower is sent only what differs from what it was last sent,
 * so a message that was missed is made up for by the next.
 */
@ApplicationScoped
class PageTopic implements Topic {
    private static final Logger LOG = Logger.getLogger(PageTopic.class);
    private static final String PREFIX = "page:";

    /** Pages that are looked at in the same second; more are rendered anew for each who looks. */
    private static final int KEPT_AT_MOST = 500;

    private final List<LivePage> pages;
    private final Template layout;
    private final ObjectMapper json;
    private final BroadcastProcessor<Long> ticks = BroadcastProcessor.create();
    private final Map<Address, Rendering> renderings = new ConcurrentHashMap<>();

    PageTopic(@All List<LivePage> pages, @Location("layout.html") Template layout, ObjectMapper json) {
        this.pages = pages;
        this.layout = layout;
        this.json = json;
    }

    /** The parts of a page as they were at a tick. */
    private record Rendering(long tick, Map<String, String> parts) {}

    void tick(@Observes Sample sample) {
        if (renderings.size() > KEPT_AT_MOST) {
            renderings.clear();
        }
        ticks.onNext(sample.at().toEpochMilli());
    }

    @Override
    public Optional<Multi<String>> follow(String name) {
        if (!name.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Address address;
        try {
            address = Address.parse(name.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        Map<String, String> told = new HashMap<>();
        Multi<Long> now = Multi.createFrom().item(System.currentTimeMillis());
        return Optional.of(Multi.createBy()
                .concatenating()
                .streams(now, ticks.onOverflow().dropPreviousItems())
                .emitOn(Infrastructure.getDefaultWorkerPool(), 1)
                .map(tick -> news(name, parts(address, tick), told)));
    }

    /** Whoever asks for a page that is being rendered for the same tick waits for it. */
    private Map<String, String> parts(Address address, long tick) {
        return renderings
                .compute(
                        address,
                        (same, known) ->
                                known != null && known.tick() >= tick ? known : new Rendering(tick, render(address)))
                .parts();
    }

    private Map<String, String> render(Address address) {
        Map<String, String> parts = new HashMap<>();
        for (String id : layout.getFragmentIds()) {
            parts.put(id, layout.getFragment(id).instance().render().strip());
        }
        try {
            pages.stream()
                    .map(page -> page.at(address))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .map(PageContent::parts)
                    .ifPresent(parts::putAll);
        } catch (RuntimeException e) {
            // The page stays as it was, and the next tick tries again.
            LOG.debugf(e, "page not rendered path=%s", address.segments());
        }
        return parts;
    }

    private String news(String topic, Map<String, String> parts, Map<String, String> told) {
        ObjectNode message = json.createObjectNode().put("topic", topic);
        var changed = message.putArray("parts");
        parts.forEach((id, html) -> {
            if (!html.equals(told.put(id, html))) {
                changed.add(html);
            }
        });
        return message.toString();
    }
}
