package dev.holdfast.queue.durability;

import static dev.holdfast.harness.Deadline.await;

import dev.holdfast.queue.conformance.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Programs that send, receive and delete at once through the SDK, and the history of what they were told. A call without an
 * answer is neither done nor undone. Each producer sends one call after the other; consumers leave a part of what they
 * receive in flight, as when they fail. It ends when the server does and can be started again.
 */
final class Load implements AutoCloseable {
    static final String QUEUE = "load";

    /** Longer than a server is down between two cuts, so that leases must survive it. */
    static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(20);

    private static final int PRODUCERS = 3;
    private static final int CONSUMERS = 3;
    private static final int BATCH = 10;
    private static final String PADDING = "x".repeat(400);

    /** Where a message stands among those of its producer. */
    record Sent(int producer, int sequence) {}

    /** An answered receive; the lease began between the two instants (nanoTime). */
    record Delivered(String messageId, int receiveCount, long calledNanos, long answeredNanos) {}

    private final SqsClient sqs;
    private final String queueUrl;
    private final Map<String, Sent> acknowledgedSends = new ConcurrentHashMap<>();
    private final Set<String> attemptedDeletes = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledgedDeletes = ConcurrentHashMap.newKeySet();
    private final Queue<Delivered> deliveries = new ConcurrentLinkedQueue<>();
    private final int[] nextSequence = new int[PRODUCERS];
    private final Clients clients = new Clients();

    /** Makes the queue. */
    Load(ServerProcess server) {
        // A retry would hide which call had an answer.
        this.sqs = server.clientBuilder()
                .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        this.queueUrl = createQueue();
    }

    /** Makes the queue where it does not exist; returns its URL. */
    String createQueue() {
        return sqs.createQueue(request -> request.queueName(QUEUE)
                        .attributes(Map.of(
                                QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(VISIBILITY_TIMEOUT.toSeconds()))))
                .queueUrl();
    }

    void start() {
        List<Runnable> calls = new ArrayList<>();
        IntStream.range(0, PRODUCERS).forEach(producer -> calls.add(() -> send(producer)));
        IntStream.range(0, CONSUMERS).forEach(consumer -> calls.add(this::receiveAndDelete));
        clients.start(calls);
    }

    /** Waits until so many more sends are acknowledged, or the server is gone. */
    void awaitSends(int more) {
        int target = acknowledgedSends.size() + more;
        await("%d sends acknowledged".formatted(target))
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !clients.areRunning() || acknowledgedSends.size() >= target);
    }

    /** Waits until a client has met an error. */
    void awaitEnd() {
        await("a call fails")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !clients.areRunning());
    }

    /** Waits until every client has its answer or has given up. */
    void stop() {
        clients.stop();
    }

    private void send(int producer) {
        int first = nextSequence[producer];
        nextSequence[producer] += BATCH;
        List<SendMessageBatchRequestEntry> entries = IntStream.range(first, first + BATCH)
                .mapToObj(sequence -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(sequence))
                        .messageBody(producer + "-" + sequence + " " + PADDING)
                        .build())
                .toList();
        sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries)).successful().stream()
                .forEach(entry ->
                        acknowledgedSends.put(entry.messageId(), new Sent(producer, Integer.parseInt(entry.id()))));
    }

    private void receiveAndDelete() {
        List<Message> messages = receive();
        delete(messages.subList(0, messages.size() * 4 / 5));
    }

    private List<Message> receive() {
        long called = System.nanoTime();
        List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(queueUrl)
                        .maxNumberOfMessages(BATCH)
                        .waitTimeSeconds(1)
                        .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                .messages();
        long answered = System.nanoTime();
        for (Message message : messages) {
            String count = message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
            deliveries.add(new Delivered(message.messageId(), Integer.parseInt(count), called, answered));
        }
        return messages;
    }

    private void delete(List<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        messages.forEach(message -> attemptedDeletes.add(message.messageId()));
        List<DeleteMessageBatchRequestEntry> entries = IntStream.range(0, messages.size())
                .mapToObj(index -> DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(index))
                        .receiptHandle(messages.get(index).receiptHandle())
                        .build())
                .toList();
        sqs.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries)).successful().stream()
                .map(entry -> messages.get(Integer.parseInt(entry.id())).messageId())
                .forEach(acknowledgedDeletes::add);
    }

    /** By message id. */
    Map<String, Sent> acknowledgedSends() {
        return acknowledgedSends;
    }

    Set<String> attemptedDeletes() {
        return attemptedDeletes;
    }

    Set<String> acknowledgedDeletes() {
        return acknowledgedDeletes;
    }

    List<Delivered> deliveries() {
        return List.copyOf(deliveries);
    }

    @Override
    public String toString() {
        return "%d sends and %d deletes acknowledged, %d deliveries"
                .formatted(acknowledgedSends.size(), acknowledgedDeletes.size(), deliveries.size());
    }

    @Override
    public void close() {
        stop();
        sqs.close();
    }
}
