package dev.holdfast.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Queues of an SQS server, from outside: made, filled with events, counted. */
record Queues(SqsClient sqs) {
    /** A queue whose dead-letter queue has the same name with -dlq behind it. */
    void createQueue(String name, int visibilityTimeoutSeconds, int maxReceiveCount) {
        sqs.createQueue(r -> r.queueName(name + "-dlq"));
        sqs.createQueue(r -> r.queueName(name)
                .attributes(Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        Integer.toString(visibilityTimeoutSeconds),
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:%s-dlq\",\"maxReceiveCount\":\"%d\"}"
                                .formatted(name, maxReceiveCount))));
    }

    /** Sends each body with the identity of this producer and the next sequence. */
    void send(String queue, long firstSequence, List<String> bodies) {
        String url = url(queue);
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String body : bodies) {
            long sequence = firstSequence + entries.size();
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(Long.toString(sequence))
                    .messageBody(body)
                    .messageAttributes(Map.of(
                            "producerId", attribute("String", Events.PRODUCER.toString()),
                            "sequence", attribute("Number", Long.toString(sequence))))
                    .build());
        }
        for (int i = 0; i < entries.size(); i += 10) {
            List<SendMessageBatchRequestEntry> batch = entries.subList(i, Math.min(i + 10, entries.size()));
            if (sqs.sendMessageBatch(r -> r.queueUrl(url).entries(batch)).hasFailed()) {
                throw new IllegalStateException("the server refused a message");
            }
        }
    }

    /** Messages that wait and messages in flight. */
    int stock(String queue) {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(
                        r -> r.queueUrl(url(queue)).attributeNames(QueueAttributeName.ALL))
                .attributes();
        return waiting(attributes)
                + Integer.parseInt(
                        attributes.getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0"));
    }

    int waiting(String queue) {
        return waiting(sqs.getQueueAttributes(r -> r.queueUrl(url(queue)).attributeNames(QueueAttributeName.ALL))
                .attributes());
    }

    private static int waiting(Map<QueueAttributeName, String> attributes) {
        return Integer.parseInt(attributes.getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0"));
    }

    private String url(String queue) {
        return sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
    }

    private static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }
}
