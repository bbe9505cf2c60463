package dev.holdfast.dashboard.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.dashboard.sqs.OperatorApi;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.RestStreamElementType;

/**
 * {@code GET /api/queues/{name}/life}: what happens to the messages of a queue, in frames of a quarter second. One
 * subscription to the queue-service for all who watch the same queue; none while nobody does. A frame holds a bounded
 * number of transitions and says how many it left out.
 */
@Path("/api/queues/{name}/life")
@ApplicationScoped
public class LifeStream {
    private static final Duration FRAME = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** More could not be followed by eye. */
    private static final int SHOWN_IN_A_FRAME = 40;

    private static final int WATCHED_QUEUES = 100;

    private final OperatorApi operator;
    private final ObjectMapper json;
    private final Map<String, Multi<String>> watched = new ConcurrentHashMap<>();

    LifeStream(OperatorApi operator, ObjectMapper json) {
        this.operator = operator;
        this.json = json;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.TEXT_PLAIN)
    public Multi<String> watch(@PathParam("name") String name) {
        if (watched.size() > WATCHED_QUEUES) {
            watched.clear();
        }
        return watched.computeIfAbsent(name, this::stream).onOverflow().drop();
    }

    private Multi<String> stream(String name) {
        return Multi.createFrom()
                .<String>emitter(
                        emitter -> Thread.ofVirtual().name("life-" + name).start(() -> follow(name, emitter)))
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture()
                .toAllSubscribers();
    }

    private void follow(String name, MultiEmitter<? super String> emitter) {
        String path = "events?queue=" + OperatorApi.encode(name);
        try {
            while (!emitter.isCancelled()) {
                if (!readEvents(path, emitter)) {
                    emitter.emit("{\"unsupported\":true}");
                    watched.remove(name);
                    emitter.complete();
                    return;
                }
                emitter.emit("{\"lost\":true}");
                Thread.sleep(RETRY.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watched.remove(name);
    }

    /** Until the stream breaks; false when the server has no such stream. */
    private boolean readEvents(String path, MultiEmitter<? super String> emitter) throws InterruptedException {
        try {
            Optional<InputStream> answer = operator.stream(path);
            if (answer.isEmpty()) {
                return false;
            }
            try (var lines =
                    new java.io.BufferedReader(new java.io.InputStreamReader(answer.get(), StandardCharsets.UTF_8))) {
                var frame = new Frame(emitter);
                String event = "";
                for (String line = lines.readLine(); line != null && !emitter.isCancelled(); line = lines.readLine()) {
                    if (line.startsWith("event:")) {
                        event = line.substring(6).strip();
                    } else if (line.startsWith("data:")) {
                        frame.add(event, line.substring(5).strip());
                    }
                }
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return true; // Not there now; it is asked again.
        }
    }

    /** Collects what happens within a quarter second. For one thread. */
    private final class Frame {
        private final MultiEmitter<? super String> emitter;
        private ArrayNode events = json.createArrayNode();
        private long skipped;
        private long sentNanos = System.nanoTime();

        Frame(MultiEmitter<? super String> emitter) {
            this.emitter = emitter;
        }

        void add(String event, String data) throws IOException {
            switch (event) {
                case "lifecycle" -> {
                    if (events.size() < SHOWN_IN_A_FRAME) {
                        events.add(json.readTree(data));
                    } else {
                        skipped++;
                    }
                }
                case "gap" -> skipped += json.readTree(data).path("dropped").asLong();
                default -> {
                    // A tick: nothing to add, and reason to send.
                }
            }
            if (System.nanoTime() - sentNanos >= FRAME.toNanos()) {
                ObjectNode frame = json.createObjectNode();
                frame.set("events", events);
                frame.put("skipped", skipped);
                emitter.emit(frame.toString());
                events = json.createArrayNode();
                skipped = 0;
                sentNanos = System.nanoTime();
            }
        }
    }
}
