package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** When many ask at once, exactly one gets each message. */
class ManyReceiversIT extends SharedServer {
    private static final int MESSAGES = 1_000;
    private static final int RECEIVERS = 200;

    @Test
    void eachMessageIsDeliveredExactlyOnceWithinItsVisibilityTimeout() {
        for (int batch = 0; batch < MESSAGES / 10; batch++) {
            int first = batch * 10;
            sqs.sendMessageBatch(request -> request.queueUrl(queueUrl)
                    .entries(IntStream.range(first, first + 10)
                            .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                                    .id("i" + i)
                                    .messageBody("message " + i)
                                    .build())
                            .toList()));
        }

        Queue<Message> received = new ConcurrentLinkedQueue<>();
        try (ExecutorService receivers = Executors.newFixedThreadPool(RECEIVERS)) {
            for (int receiver = 0; receiver < RECEIVERS; receiver++) {
                receivers.execute(() -> drain(received));
            }
        }

        assertThat(received).hasSize(MESSAGES);
        assertThat(received.stream().map(Message::messageId).distinct()).hasSize(MESSAGES);
        assertThat(received.stream().map(Message::body).distinct()).hasSize(MESSAGES);
        Map<String, String> counts = Map.of(
                "waiting", attribute(queueUrl, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                "in flight", attribute(queueUrl, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
        assertThat(counts).containsEntry("waiting", "0").containsEntry("in flight", "" + MESSAGES);
    }

    /** Takes a few at a time, so that all of them compete, until nothing is left. */
    private void drain(Queue<Message> received) {
        List<Message> messages;
        do {
            messages = sqs.receiveMessage(request ->
                            request.queueUrl(queueUrl).maxNumberOfMessages(3).visibilityTimeout(600))
                    .messages();
            received.addAll(messages);
        } while (!messages.isEmpty());
    }
}
