package dev.holdfast.queue.durability;

import dev.holdfast.queue.conformance.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * A bit of everything on a standard and a FIFO queue: batches of small and large messages, delays, groups, consumers that delete
 * or give back, a queue that is made, purged and deleted. Each round takes out what it has put in.
 */
final class BusyQueues implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final int BATCH = 10;

    private final SqsClient sqs;
    private final String standardUrl;
    private final String fifoUrl;
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger deleted = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    BusyQueues(ServerProcess server) {
        this.sqs = server.client();
        this.standardUrl = sqs.createQueue(request -> request.queueName("busy")).queueUrl();
        this.fifoUrl = sqs.createQueue(request ->
                        request.queueName("busy.fifo").attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
                .queueUrl();
    }

    /** Returns when every client has finished its round. */
    void runFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        List<Thread> clients = IntStream.range(0, CLIENTS)
                .mapToObj(client -> Thread.ofPlatform().start(() -> {
                    while (System.nanoTime() < end) {
                        round(client);
                    }
                }))
                .toList();
        try {
            for (Thread client : clients) {
                client.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round(int client) {
        int round = rounds.incrementAndGet();
        try {
            send(standardUrl, client, round, false);
            send(fifoUrl, client, round, true);
            takeOut(standardUrl);
            takeOut(fifoUrl);
            if (round % 10 == 0) {
                useOnce("once-" + round);
            }
        } catch (SdkException e) {
            failures.add(e.toString());
        }
    }

    private void send(String url, int client, int round, boolean fifo) {
        List<SendMessageBatchRequestEntry> entries = IntStream.range(0, BATCH)
                .mapToObj(index -> {
                    var entry = SendMessageBatchRequestEntry.builder()
                            .id(Integer.toString(index))
                            .messageBody("x".repeat(index == 0 ? 20_000 : 500));
                    if (fifo) {
                        entry.messageGroupId("g" + client % 2).messageDeduplicationId(round + "-" + index);
                    } else if (index == 1) {
                        entry.delaySeconds(1);
                    } else if (index > 5) {
                        entry.messageGroupId("tenant" + client);
                    }
                    return entry.build();
                })
                .toList();
        sqs.sendMessageBatch(request -> request.queueUrl(url).entries(entries));
        sent.addAndGet(BATCH);
    }

    /** All that it gets; one of a dozen is given back first. */
    private void takeOut(String url) {
        for (List<Message> messages = receive(url); !messages.isEmpty(); messages = receive(url)) {
            for (Message message : messages) {
                if (message.messageId().startsWith("0")) {
                    sqs.changeMessageVisibility(request -> request.queueUrl(url)
                            .receiptHandle(message.receiptHandle())
                            .visibilityTimeout(1));
                }
                sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
                deleted.incrementAndGet();
            }
        }
    }

    private List<Message> receive(String url) {
        return sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(BATCH))
                .messages();
    }

    private void useOnce(String name) {
        String url = sqs.createQueue(request -> request.queueName(name)).queueUrl();
        send(url, 0, 0, false);
        sqs.purgeQueue(request -> request.queueUrl(url));
        sqs.deleteQueue(request -> request.queueUrl(url));
    }

    /** Calls that failed, with their reasons; none should. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public String toString() {
        return "%d sent, %d deleted".formatted(sent.get(), deleted.get());
    }

    @Override
    public void close() {
        sqs.close();
    }
}
