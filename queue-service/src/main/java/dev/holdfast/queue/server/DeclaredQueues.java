package dev.holdfast.queue.server;

import dev.holdfast.queue.action.SqsService;
import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.config.ServerConfig;
import dev.holdfast.queue.queues.QueueAttribute;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/**
 * Queues that configuration declares are there before the first request: made where they are missing, and given the declared
 * attributes where they have others. What is not declared stays as it is.
 */
@ApplicationScoped
class DeclaredQueues {
    private static final String REDRIVE_POLICY = QueueAttribute.REDRIVE_POLICY.wireName();
    private static final String FIFO_QUEUE = QueueAttribute.FIFO_QUEUE.wireName();
    private static final String FIFO_SUFFIX = ".fifo";

    private final Declarations declarations;
    private final SqsService service;
    private final Call owner;

    /**
     * {@code holdfast.queues.<name>.<attribute>=<value>}; a name that holds a period stands in quotes. Attributes are
     * Amazon's, in their spelling or with hyphens ("visibility-timeout"); ".fifo" at the end of a name implies FifoQueue.
     */
    @ConfigMapping(prefix = "holdfast.queues")
    interface Declarations {
        @WithParentName
        Map<String, Map<String, String>> byName();
    }

    /** What ends the start: one line that names the setting. */
    static final class Refused extends RuntimeException {
        Refused(String name, String sentence) {
            super("holdfast.queues." + name + ": " + sentence);
        }
    }

    DeclaredQueues(Declarations declarations, SqsService service, ServerConfig config) {
        this.declarations = declarations;
        this.service = service;
        this.owner = new Call(config.account(), "", new NeverGone(), Runnable::run);
    }

    private record NeverGone() implements Call.Connection {
        @Override
        public boolean isGone() {
            return false;
        }

        @Override
        public void onGone(Runnable action) {
            // It stays.
        }
    }

    /**
     * Blocks until they are on disk.
     *
     * @throws Refused for the first name, attribute or value that is wrong
     */
    void make() {
        Map<String, Map<String, String>> queues = new TreeMap<>();
        declarations.byName().forEach((name, given) -> queues.put(name, attributes(name, given)));
        // Dead-letter queues may be declared too, in any order: policies come when all queues are there.
        queues.forEach((name, attributes) -> {
            Map<String, String> first = new HashMap<>(attributes);
            first.remove(REDRIVE_POLICY);
            make(name, first);
        });
        queues.forEach((name, attributes) -> {
            if (attributes.containsKey(REDRIVE_POLICY)) {
                make(name, attributes);
            }
        });
    }

    private static Map<String, String> attributes(String name, Map<String, String> given) {
        Map<String, String> attributes = new HashMap<>();
        given.forEach((spelled, value) -> attributes.put(attribute(name, spelled), value));
        if (name.endsWith(FIFO_SUFFIX)) {
            attributes.putIfAbsent(FIFO_QUEUE, "true");
        }
        return attributes;
    }

    private static String attribute(String name, String spelled) {
        String plain = spelled.replace("-", "").toLowerCase(Locale.ROOT);
        for (QueueAttribute attribute : QueueAttribute.values()) {
            if (attribute.wireName().toLowerCase(Locale.ROOT).equals(plain)) {
                return attribute.wireName();
            }
        }
        throw new Refused(name, "There is no attribute " + spelled + ".");
    }

    private void make(String name, Map<String, String> attributes) {
        try {
            perform(new Request.CreateQueue(name, attributes, Map.of()));
        } catch (SqsException refusal) {
            if (refusal.error() != SqsError.QUEUE_NAME_EXISTS) {
                throw new Refused(name, refusal.sentence());
            }
            change(name, attributes);
        }
    }

    private void change(String name, Map<String, String> attributes) {
        Map<String, String> changeable = new HashMap<>(attributes);
        changeable.remove(FIFO_QUEUE);
        try {
            perform(new Request.SetQueueAttributes(name, changeable));
        } catch (SqsException refusal) {
            throw new Refused(name, refusal.sentence());
        }
    }

    private void perform(Request request) {
        try {
            service.perform(request, owner).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SqsException refusal ? refusal : e;
        }
    }
}
