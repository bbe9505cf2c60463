package dev.holdfast.queue.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** The part of the suite about FIFO queues: its queue is one. */
abstract class FifoConformance extends Conformance {
    private int sent;

    @BeforeEach
    final void createFifoQueue() {
        queueUrl = createFifo(Map.of());
    }

    final String createFifo(Map<QueueAttributeName, String> attributes) {
        Map<QueueAttributeName, String> all = new HashMap<>(attributes);
        all.put(QueueAttributeName.FIFO_QUEUE, "true");
        return create(freshName() + ".fifo", all);
    }

    /** Sends to a group, under a deduplication id of its own. */
    final SendMessageResponse sendTo(String url, String group, String body) {
        return send(url, group, body, "d" + sent++);
    }

    final SendMessageResponse sendIn(String group, String body) {
        return sendTo(queueUrl, group, body);
    }

    final SendMessageResponse send(String url, String group, String body, String deduplicationId) {
        return sqs.sendMessage(request ->
                request.queueUrl(url).messageBody(body).messageGroupId(group).messageDeduplicationId(deduplicationId));
    }

    final SendMessageBatchRequestEntry fifoEntry(String id, String group, String body) {
        return SendMessageBatchRequestEntry.builder()
                .id(id)
                .messageBody(body)
                .messageGroupId(group)
                .messageDeduplicationId("d" + sent++)
                .build();
    }

    final List<Message> receive(int max) {
        return sqs.receiveMessage(request -> request.queueUrl(queueUrl).maxNumberOfMessages(max))
                .messages();
    }

    static List<String> bodies(List<Message> messages) {
        return messages.stream().map(Message::body).toList();
    }
}
