package dev.holdfast.dashboard.message;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.dashboard.live.Topic;
import dev.holdfast.dashboard.sqs.OperatorApi;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code events:price-events}: what happens to the messages of a queue, in frames of a quarter second. One subscription
 * to the queue-service for all who watch the same queue; none while nobody does.
 */
@ApplicationScoped
class EventTopic implements Topic {
    static final String PREFIX = "events:";

    private static final Duration RETRY = Duration.ofSeconds(1);
    /** A browser that opens another page comes again with a new connection; nothing is missed in between. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private static final int WATCHED_QUEUES = 100;

    private final OperatorApi operator;
    private final ObjectMapper json;
    private final SeenMessages seen;
    private final Map<String, Multi<String>> watched = new ConcurrentHashMap<>();

    EventTopic(OperatorApi operator, ObjectMapper json, SeenMessages seen) {
        this.operator = operator;
        this.json = json;
        this.seen = seen;
    }

    @Override
    public Optional<Multi<String>> follow(String name) {
        if (!name.startsWith(PREFIX)) {
            return Optional.empty();
        }
        if (watched.size() > WATCHED_QUEUES) {
            watched.clear();
        }
        String queue = name.substring(PREFIX.length());
        return Optional.of(
                watched.computeIfAbsent(queue, this::stream).onOverflow().drop());
    }

    private Multi<String> stream(String queue) {
        return Multi.createFrom()
                .<String>emitter(
                        emitter -> Thread.ofVirtual().name("events-" + queue).start(() -> follow(queue, emitter)))
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture(LINGER)
                .toAllSubscribers();
    }

    private void follow(String queue, MultiEmitter<? super String> emitter) {
        try {
            while (!emitter.isCancelled()) {
                if (!readEvents(queue, emitter)) {
                    // It stays open: the same connection carries other topics.
                    emitter.emit(word(queue, "unsupported"));
                    return;
                }
                emitter.emit(word(queue, "lost"));
                Thread.sleep(RETRY.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watched.remove(queue);
        }
    }

    private String word(String queue, String word) {
        ObjectNode message = json.createObjectNode().put("topic", PREFIX + queue);
        return message.put(word, true).toString();
    }

    /** Until the stream breaks; false when the server has no such stream. */
    private boolean readEvents(String queue, MultiEmitter<? super String> emitter) throws InterruptedException {
        try {
            Optional<InputStream> answer = operator.stream("events?queue=" + OperatorApi.encode(queue));
            if (answer.isEmpty()) {
                return false;
            }
            try (var lines = new BufferedReader(new InputStreamReader(answer.get(), StandardCharsets.UTF_8))) {
                copy(lines, new EventFrame(queue, json, seen), emitter);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return true; // Not there now; it is asked again.
        }
    }

    private static void copy(BufferedReader lines, EventFrame frame, MultiEmitter<? super String> emitter)
            throws IOException {
        String event = "";
        for (String line = lines.readLine(); line != null && !emitter.isCancelled(); line = lines.readLine()) {
            if (line.startsWith("event:")) {
                event = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                switch (event) {
                    case "lifecycle" -> frame.add(line.substring(5).strip());
                    case "gap" -> frame.addGap(line.substring(5).strip());
                    default -> {
                        // A tick: nothing to add, and reason to send.
                    }
                }
                if (frame.isDue()) {
                    emitter.emit(frame.take().toString());
                }
            }
        }
    }
}
