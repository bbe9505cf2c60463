package dev.holdfast.queue.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.engine.TestEngine;
import dev.holdfast.queue.model.ModelQueue.ModelMessage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One seeded sequence of operations on the engine and the model; every answer and every count is compared. */
final class ModelRun implements AutoCloseable {
    private static final int HANDLES = 40;

    private final Random random;
    private final Map<String, ModelQueue> queues = new LinkedHashMap<>();
    private final Map<String, List<Handle>> handles = new HashMap<>();
    private final TestEngine engine;
    private int sent;
    private int operations;

    /** What a receive gave out, newest last. */
    private record Handle(String text, long sequence, int receive) {}

    ModelRun(long seed, Path file) throws SQLException {
        this.random = new Random(seed);
        this.engine = new TestEngine(file);
        create("dead", false, 30, null, 0);
        create("standard", false, 20, "dead", 4);
        create("dead-tenants", false, 30, null, 0);
        create("tenants", false, 20, "dead-tenants", 4);
        create("dead.fifo", true, 30, null, 0);
        create("first.fifo", true, 20, "dead.fifo", 3);
    }

    int operations() {
        return operations;
    }

    private void create(
            String name, boolean fifo, int visibilitySeconds, @Nullable String deadLetterQueue, int maxReceives) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("VisibilityTimeout", Integer.toString(visibilitySeconds));
        if (fifo) {
            attributes.put("FifoQueue", "true");
        }
        if (deadLetterQueue != null) {
            attributes.put(
                    "RedrivePolicy",
                    "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:%s:%s\",\"maxReceiveCount\":%d}"
                            .formatted(TestEngine.ACCOUNT, deadLetterQueue, maxReceives));
        }
        engine.perform(new Request.CreateQueue(name, attributes, Map.of()), Result.OfCreateQueue.class);
        ModelQueue target = deadLetterQueue == null ? null : queues.get(deadLetterQueue);
        queues.put(name, new ModelQueue(fifo, visibilitySeconds * 1_000L, target, maxReceives));
        handles.put(name, new ArrayList<>());
    }

    void step() throws SQLException {
        operations++;
        String name = pick(new ArrayList<>(queues.keySet()));
        switch (random.nextInt(100)) {
            case 0 -> restart();
            case 1 -> {
                if (random.nextInt(4) == 0) {
                    failingTransaction();
                }
            }
            case 2 -> purge(name);
            case 3, 4 -> setDelay(name);
            case 5 -> setRetention(name);
            case 6, 7, 8, 9, 10, 11, 12, 13 -> engine.advance(random.nextInt(8_000));
            case 14, 15 -> engine.advance(random.nextInt(200_000));
            default -> {
                switch (random.nextInt(6)) {
                    case 0, 1 -> send(pick(List.of("standard", "tenants", "first.fifo", "first.fifo", name)));
                    case 2, 3 -> receive(name);
                    case 4 -> delete(name);
                    default -> changeVisibility(name);
                }
            }
        }
        if (operations % 5 == 0) {
            compareCounts();
        }
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private ModelQueue model(String name) {
        return Objects.requireNonNull(queues.get(name));
    }

    private void send(String name) {
        ModelQueue model = model(name);
        String body = "message " + sent++;
        String group = model.fifo || (isFair(name) && random.nextBoolean()) ? "g" + random.nextInt(4) : null;
        String deduplicationId = model.fifo ? "d" + (random.nextInt(5) == 0 ? random.nextInt(20) : 1_000 + sent) : null;
        Integer delay = model.fifo || random.nextInt(4) != 0 ? null : random.nextInt(30);
        Result.OfSendMessage answer = engine.perform(
                new Request.SendMessage(name, body, delay, Map.of(), Map.of(), deduplicationId, group),
                Result.OfSendMessage.class);
        Optional<String> original = model.duplicateOf(deduplicationId, engine.now());
        if (original.isPresent()) {
            assertThat(answer.messageId()).isEqualTo(original.get());
        } else {
            model.send(
                    answer.messageId(),
                    body,
                    group,
                    deduplicationId,
                    delay == null ? null : delay * 1_000L,
                    engine.now());
        }
        assertThat(answer.sequenceNumber() != null).isEqualTo(model.fifo);
    }

    private void receive(String name) {
        housekeep();
        ModelQueue model = model(name);
        int max = 1 + random.nextInt(10);
        Integer timeout = random.nextInt(3) == 0 ? random.nextInt(60) : null;
        Result.OfReceiveMessage answer = engine.perform(
                new Request.ReceiveMessage(name, List.of(), List.of("All"), List.of(), max, timeout, 0, null),
                Result.OfReceiveMessage.class);
        Map<String, List<ModelMessage>> available = model.available(engine.now());
        List<ModelMessage> received = new ArrayList<>();
        for (Result.ReceivedMessage one : answer.messages()) {
            ModelMessage message = available.values().stream()
                    .flatMap(List::stream)
                    .filter(candidate -> candidate.id.equals(one.messageId()) && !received.contains(candidate))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " gave out what it must not: " + one.body()));
            assertThat(one.body()).isEqualTo(message.body);
            assertThat(one.attributes()).containsEntry("SentTimestamp", Long.toString(message.sentAt));
            received.add(message);
        }
        long expected =
                Math.min(max, available.values().stream().mapToInt(List::size).sum());
        assertThat(received.stream().map(ModelRun::line).toList())
                .as(
                        "messages of %s at %d; stored: %s",
                        name,
                        engine.now(),
                        model.messages.stream().map(ModelRun::line).toList())
                .hasSize((int) expected);
        if (model.fifo) {
            requireOrderOfGroups(received, available);
        } else if (isFair(name)) {
            // Which tenant is noisy is a matter of what it took; each one's own messages keep their order in any case.
            for (String tenant : Arrays.asList(null, "g0", "g1", "g2", "g3")) {
                requireOldestFirst(of(tenant, received), of(tenant, available.getOrDefault("", List.of())));
            }
        } else {
            requireOldestFirst(received, available.getOrDefault("", List.of()));
        }
        for (int i = 0; i < received.size(); i++) {
            ModelMessage message = received.get(i);
            model.received(message, timeout == null ? model.visibilityTimeout : timeout * 1_000L, engine.now());
            List<Handle> known = Objects.requireNonNull(handles.get(name));
            known.add(new Handle(answer.messages().get(i).receiptHandle(), message.sequence, message.receives));
            if (known.size() > HANDLES) {
                known.removeFirst();
            }
        }
    }

    private static boolean isFair(String queueName) {
        return queueName.endsWith("tenants");
    }

    private static List<ModelMessage> of(@Nullable String tenant, List<ModelMessage> messages) {
        return messages.stream()
                .filter(message -> Objects.equals(message.group, tenant))
                .toList();
    }

    private static String line(ModelMessage message) {
        return message.body + " (" + message.group + ", " + message.state + ", place " + message.place + ", received "
                + message.receives + ", visible at " + message.visibleAt + ")";
    }

    /** One group is drained before the next, each from its first message on. */
    private static void requireOrderOfGroups(List<ModelMessage> received, Map<String, List<ModelMessage>> available) {
        List<ModelMessage> expected = new ArrayList<>();
        while (expected.size() < received.size()) {
            String group = String.valueOf(received.get(expected.size()).group);
            List<ModelMessage> run = Objects.requireNonNull(available.get(group));
            expected.addAll(run.subList(0, Math.min(run.size(), received.size() - expected.size())));
        }
        assertThat(received.stream().map(message -> message.body))
                .containsExactlyElementsOf(
                        expected.stream().map(message -> message.body).toList());
    }

    private static void requireOldestFirst(List<ModelMessage> received, List<ModelMessage> available) {
        long last = received.stream().mapToLong(message -> message.place).max().orElse(0);
        assertThat(available.stream()
                        .filter(message -> !received.contains(message))
                        .filter(message -> message.place < last)
                        .map(ModelRun::line))
                .as(
                        "messages passed over by %s",
                        received.stream().map(ModelRun::line).toList())
                .isEmpty();
        assertThat(received.stream().map(message -> message.place).toList()).isSorted();
    }

    private @Nullable Handle anyHandle(String name) {
        List<Handle> known = Objects.requireNonNull(handles.get(name));
        return known.isEmpty() ? null : pick(known);
    }

    private void delete(String name) {
        Handle handle = anyHandle(name);
        if (handle == null) {
            return;
        }
        ModelQueue model = model(name);
        model.settle(engine.now());
        ModelMessage message = model.withSequence(handle.sequence).orElse(null);
        boolean stale = message != null
                && (message.state != ModelMessage.State.IN_FLIGHT || message.receives != handle.receive);
        SqsError refusal = refusal(new Request.DeleteMessage(name, handle.text));
        if (message != null && model.fifo && stale) {
            assertThat(refusal).isEqualTo(SqsError.INVALID_PARAMETER_VALUE);
        } else {
            assertThat(refusal).isNull();
            model.messages.remove(message);
        }
    }

    private void changeVisibility(String name) {
        Handle handle = anyHandle(name);
        if (handle == null) {
            return;
        }
        int seconds = random.nextInt(3) == 0 ? 0 : random.nextInt(100);
        ModelQueue model = model(name);
        model.settle(engine.now());
        ModelMessage message = model.withSequence(handle.sequence).orElse(null);
        SqsError refusal = refusal(new Request.ChangeMessageVisibility(name, handle.text, seconds));
        if (message == null) {
            assertThat(refusal).isEqualTo(SqsError.INVALID_PARAMETER_VALUE);
        } else if (message.state != ModelMessage.State.IN_FLIGHT) {
            // On a standard queue it succeeds without effect.
            assertThat(refusal).isEqualTo(model.fifo ? SqsError.MESSAGE_NOT_INFLIGHT : null);
        } else if (model.fifo && message.receives != handle.receive) {
            assertThat(refusal).isEqualTo(SqsError.INVALID_PARAMETER_VALUE);
        } else {
            assertThat(refusal).isNull();
            message.visibleAt = engine.now() + seconds * 1_000L;
            model.settle(engine.now());
        }
    }

    private @Nullable SqsError refusal(Request request) {
        try {
            engine.perform(request, Result.class);
            return null;
        } catch (SqsException e) {
            return e.error();
        }
    }

    private void purge(String name) {
        engine.perform(new Request.PurgeQueue(name), Result.Nothing.class);
        model(name).purge();
    }

    private void setDelay(String name) {
        int seconds = random.nextBoolean() ? 0 : random.nextInt(20);
        engine.perform(
                new Request.SetQueueAttributes(name, Map.of("DelaySeconds", Integer.toString(seconds))),
                Result.Nothing.class);
        model(name).delay = seconds * 1_000L;
    }

    private void setRetention(String name) {
        int seconds = random.nextInt(3) == 0 ? 60 + random.nextInt(200) : 345_600;
        engine.perform(
                new Request.SetQueueAttributes(name, Map.of("MessageRetentionPeriod", Integer.toString(seconds))),
                Result.Nothing.class);
        model(name).retention = seconds * 1_000L;
    }

    /** Twice: what the first pass moves to a dead-letter queue may be too old for that queue. */
    private void housekeep() {
        for (int pass = 1; pass <= 2; pass++) {
            engine.housekeep();
            queues.values().forEach(model -> model.housekeep(engine.now()));
        }
    }

    private void restart() throws SQLException {
        engine.restart();
        queues.values().forEach(ModelQueue::recovered);
    }

    private void failingTransaction() {
        engine.fail();
        queues.values().forEach(ModelQueue::recovered);
    }

    private void compareCounts() {
        housekeep();
        for (Map.Entry<String, ModelQueue> entry : queues.entrySet()) {
            ModelQueue model = entry.getValue();
            Map<String, String> counts = engine.perform(
                            new Request.GetQueueAttributes(entry.getKey(), List.of("All")),
                            Result.OfGetQueueAttributes.class)
                    .attributes();
            long inFlight = model.count(ModelMessage.State.IN_FLIGHT);
            long delayed = model.delayed(engine.now());
            assertThat(List.of(
                            String.valueOf(counts.get("ApproximateNumberOfMessages")),
                            String.valueOf(counts.get("ApproximateNumberOfMessagesNotVisible")),
                            String.valueOf(counts.get("ApproximateNumberOfMessagesDelayed"))))
                    .as("waiting, in flight, delayed of %s", entry.getKey())
                    .containsExactly(
                            Long.toString(model.messages.size() - inFlight - delayed),
                            Long.toString(inFlight),
                            Long.toString(delayed));
        }
    }

    @Override
    public void close() throws SQLException {
        engine.close();
    }
}
