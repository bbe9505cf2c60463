package dev.holdfast.endtoend.pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** One queue as any SQS client sees it. */
public final class QueueView {
    private static final List<QueueAttributeName> COUNTS = List.of(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

    private final SqsClient sqs;
    private final String name;

    public QueueView(SqsClient sqs, String name) {
        this.sqs = sqs;
        this.name = name;
    }

    /** All messages, in whatever state. */
    public long size() {
        Map<QueueAttributeName, String> counts = sqs.getQueueAttributes(
                        request -> request.queueUrl(url()).attributeNames(COUNTS))
                .attributes();
        return COUNTS.stream().map(counts::get).mapToLong(Long::parseLong).sum();
    }

    /** Takes whatever can be received and hides it for an hour, deleting nothing. */
    public Set<Identity> receiveIdentities() {
        Set<Identity> identities = new HashSet<>();
        List<Message> messages;
        do {
            messages = sqs.receiveMessage(request -> request.queueUrl(url())
                            .maxNumberOfMessages(10)
                            .visibilityTimeout(3_600)
                            .waitTimeSeconds(1)
                            .messageAttributeNames("producerId", "sequence"))
                    .messages();
            messages.forEach(message -> identities.add(identity(message.messageAttributes())));
        } while (!messages.isEmpty());
        return identities;
    }

    private String url() {
        return sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    private static Identity identity(Map<String, MessageAttributeValue> attributes) {
        return new Identity(
                Objects.requireNonNull(attributes.get("producerId")).stringValue(),
                Long.parseLong(
                        Objects.requireNonNull(attributes.get("sequence")).stringValue()));
    }
}
