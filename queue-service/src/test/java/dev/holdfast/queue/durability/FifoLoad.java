package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * As {@link Load}, on a FIFO queue. Each producer has a group, and goes on only when a batch is acknowledged: a batch without an
 * answer is sent again, with the same deduplication ids, until it is. Consumers now and then leave the last message of a receive
 * in flight.
 */
final class FifoLoad implements AutoCloseable {
    static final String QUEUE = "load.fifo";

    /** Short, since the group waits for what a killed server had handed out. */
    static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(3);

    private static final int GROUPS = 4;
    private static final int CONSUMERS = 2;
    private static final int BATCH = 5;

    /** What a body says: the place of a message in its group. */
    record Place(String group, int sequence) {
        static Place of(String body) {
            int dash = body.indexOf('-');
            return new Place(body.substring(0, dash), Integer.parseInt(body.substring(dash + 1)));
        }

        String body() {
            return group + "-" + sequence;
        }
    }

    /** An answered receive; the lease began between the two instants (nanoTime). */
    record Delivered(Place place, long calledNanos, long answeredNanos) {}

    private final SqsClient sqs;
    private final String queueUrl;
    private final int[] nextSequence = new int[GROUPS];
    private final boolean[] unanswered = new boolean[GROUPS];
    private final Map<Place, Set<String>> messageIds = new ConcurrentHashMap<>();
    private final Set<Place> acknowledgedSends = ConcurrentHashMap.newKeySet();
    private final Map<Place, Long> attemptedDeletes = new ConcurrentHashMap<>();
    private final Set<Place> acknowledgedDeletes = ConcurrentHashMap.newKeySet();
    private final Queue<Delivered> deliveries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger resends = new AtomicInteger();
    private final Clients clients = new Clients();

    /** Makes the queue. */
    FifoLoad(ServerProcess server) {
        this.sqs = server.clientBuilder()
                .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        this.queueUrl = sqs.createQueue(request -> request.queueName(QUEUE)
                        .attributes(Map.of(
                                QueueAttributeName.FIFO_QUEUE,
                                "true",
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                Long.toString(VISIBILITY_TIMEOUT.toSeconds()))))
                .queueUrl();
    }

    void start() {
        List<Runnable> calls = new ArrayList<>();
        IntStream.range(0, GROUPS).forEach(group -> calls.add(() -> send(group)));
        IntStream.range(0, CONSUMERS).forEach(consumer -> calls.add(this::receiveAndDelete));
        clients.start(calls);
    }

    /** Waits until every client has its answer or has given up. */
    void stop() {
        clients.stop();
    }

    private void send(int group) {
        int first = nextSequence[group];
        List<Place> places = IntStream.range(first, first + BATCH)
                .mapToObj(sequence -> new Place("group" + group, sequence))
                .toList();
        if (unanswered[group]) {
            resends.incrementAndGet();
        }
        unanswered[group] = true;
        var answer = sqs.sendMessageBatch(request -> request.queueUrl(queueUrl)
                .entries(places.stream()
                        .map(place -> SendMessageBatchRequestEntry.builder()
                                .id(Integer.toString(place.sequence() - first))
                                .messageBody(place.body())
                                .messageGroupId(place.group())
                                .messageDeduplicationId(place.body())
                                .build())
                        .toList()));
        assertThat(answer.failed()).isEmpty();
        answer.successful().forEach(entry -> saw(places.get(Integer.parseInt(entry.id())), entry.messageId()));
        acknowledgedSends.addAll(places);
        unanswered[group] = false;
        nextSequence[group] += BATCH;
    }

    /** Notes under which message id a place is known. */
    void saw(Place place, String messageId) {
        messageIds
                .computeIfAbsent(place, unseen -> ConcurrentHashMap.newKeySet())
                .add(messageId);
    }

    private void receiveAndDelete() {
        long called = System.nanoTime();
        List<Message> messages = sqs.receiveMessage(request ->
                        request.queueUrl(queueUrl).maxNumberOfMessages(10).waitTimeSeconds(1))
                .messages();
        long answered = System.nanoTime();
        for (Message message : messages) {
            Place place = Place.of(message.body());
            deliveries.add(new Delivered(place, called, answered));
            saw(place, message.messageId());
        }
        boolean leavesOne = answered % 16 == 0;
        delete(leavesOne && !messages.isEmpty() ? messages.subList(0, messages.size() - 1) : messages);
    }

    private void delete(List<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        messages.forEach(message -> attemptedDeletes.putIfAbsent(Place.of(message.body()), now));
        List<DeleteMessageBatchRequestEntry> entries = IntStream.range(0, messages.size())
                .mapToObj(index -> DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(index))
                        .receiptHandle(messages.get(index).receiptHandle())
                        .build())
                .toList();
        // A handle that has expired on a slow machine is refused, and its message comes again.
        sqs.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries)).successful().stream()
                .map(entry ->
                        Place.of(messages.get(Integer.parseInt(entry.id())).body()))
                .forEach(acknowledgedDeletes::add);
    }

    Map<Place, Set<String>> messageIds() {
        return messageIds;
    }

    Set<Place> acknowledgedSends() {
        return acknowledgedSends;
    }

    /** By place, since when (nanoTime). */
    Map<Place, Long> attemptedDeletes() {
        return attemptedDeletes;
    }

    Set<Place> acknowledgedDeletes() {
        return acknowledgedDeletes;
    }

    List<Delivered> deliveries() {
        return List.copyOf(deliveries);
    }

    /** Errors that the server answered; a server that is gone is none. */
    List<String> refusals() {
        return clients.refusals();
    }

    /** Batches that were sent once more because no answer had come. */
    int resends() {
        return resends.get();
    }

    @Override
    public String toString() {
        return "FIFO: %d sends and %d deletes acknowledged, %d deliveries, %d batches sent again"
                .formatted(acknowledgedSends.size(), acknowledgedDeletes.size(), deliveries.size(), resends.get());
    }

    @Override
    public void close() {
        stop();
        sqs.close();
    }
}
