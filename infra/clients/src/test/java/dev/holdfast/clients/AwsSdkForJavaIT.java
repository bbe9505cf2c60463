package dev.holdfast.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** The AWS SDK for Java once through with signatures; all its actions are in queue-service's conformance suite. */
@ExtendWith(QueueService.Running.class)
class AwsSdkForJavaIT {
    @Test
    void lifeOfAMessage(QueueService server) {
        try (SqsClient sqs = server.client(Account.OWNER)) {
            String queueUrl = sqs.createQueue(queue -> queue.queueName("java-" + UUID.randomUUID()))
                    .queueUrl();
            Map<String, MessageAttributeValue> attributes = Map.of(
                    "city",
                    MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue("Zürich")
                            .build());
            String messageId = sqs.sendMessage(message -> message.queueUrl(queueUrl)
                            .messageBody("Grüße & <Küsse>")
                            .messageAttributes(attributes))
                    .messageId();

            Message received = sqs.receiveMessage(receive ->
                            receive.queueUrl(queueUrl).waitTimeSeconds(20).messageAttributeNames("All"))
                    .messages()
                    .getFirst();
            assertThat(received.messageId()).isEqualTo(messageId);
            assertThat(received.body()).isEqualTo("Grüße & <Küsse>");
            assertThat(received.messageAttributes()).isEqualTo(attributes);
            sqs.deleteMessage(delete -> delete.queueUrl(queueUrl).receiptHandle(received.receiptHandle()));
            sqs.deleteQueue(queue -> queue.queueUrl(queueUrl));
            assertThatThrownBy(() -> sqs.receiveMessage(receive -> receive.queueUrl(queueUrl)))
                    .isInstanceOf(QueueDoesNotExistException.class);
        }
    }
}
