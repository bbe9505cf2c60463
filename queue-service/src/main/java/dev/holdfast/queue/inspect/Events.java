package dev.holdfast.queue.inspect;

import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.ledger.Lifecycle;
import dev.holdfast.queue.ledger.Watcher;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every change of a message's state as Server-Sent Events, a few times a second, with a mark where some are missing. */
@Path("/_holdfast/events")
@ApplicationScoped
class Events {
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final int PERIODS_PER_TICK = 10;

    private final Lifecycle lifecycle;

    Events(Engine engine) {
        this.lifecycle = engine.messages().lifecycle();
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> events(@QueryParam("queue") @Nullable String queue, @Context Sse sse) {
        Watcher watcher = lifecycle.watch(queue);
        return Multi.createFrom()
                .ticks()
                .every(PERIOD)
                .onOverflow()
                .drop()
                .onItem()
                .transformToIterable(tick -> take(watcher, tick, sse))
                .onTermination()
                .invoke(() -> lifecycle.unwatch(watcher));
    }

    private static List<OutboundSseEvent> take(Watcher watcher, long tick, Sse sse) {
        Watcher.Taken taken = watcher.take();
        List<OutboundSseEvent> events = new ArrayList<>();
        taken.changes().forEach(change -> events.add(event(sse, "lifecycle", members(change))));
        if (taken.dropped() > 0) {
            events.add(event(sse, "gap", Map.of("dropped", taken.dropped())));
        }
        if (tick % PERIODS_PER_TICK == 0) {
            events.add(event(sse, "tick", Map.of()));
        }
        return events;
    }

    private static OutboundSseEvent event(Sse sse, String name, Map<String, ?> members) {
        return sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(members)
                .build();
    }

    private static Map<String, @Nullable Object> members(Lifecycle.Change change) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("at", Times.text(change.atMillis()));
        members.put("queue", change.queue());
        members.put(
                "messageId",
                change.messageId() == null ? null : change.messageId().toString());
        members.put("transition", camelCase(change.transition()));
        members.put("receiveCount", change.receiveCount());
        Long visibleAt = change.visibleAtMillis();
        members.put("visibleAt", visibleAt == null ? null : Times.text(visibleAt));
        return members;
    }

    private static String camelCase(Lifecycle.Transition transition) {
        return switch (transition) {
            case MOVED_IN -> "movedIn";
            case MOVED_OUT -> "movedOut";
            default -> transition.name().toLowerCase(Locale.ROOT);
        };
    }
}
