package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Visibility changes, expired handles and dead letters on FIFO queues. */
class FifoVisibilityIT extends FifoConformance {

    @Test
    void releasedMessageReturnsInItsPlace() {
        sendIn("g", "m1");
        sendIn("g", "m2");

        changeVisibility(receive(1).getFirst(), 0);

        assertThat(bodies()).containsExactly("m1", "m2");
    }

    @Test
    void releasingTheFirstOfSeveralFreesThatOne() {
        List<Message> messages = receiveThree();

        changeVisibility(messages.get(0), 0);

        assertThat(bodies()).containsExactly("m1");
    }

    @Test
    void extendedMessageHidesItselfAndTheLaterOnesWhileEarlierOnesComeBack() {
        List<Message> messages = receiveThree();

        changeVisibility(messages.get(1), 600);
        advance(Duration.ofSeconds(31));

        assertThat(bodies()).containsExactly("m1");
        advance(Duration.ofMinutes(10));
        assertThat(bodies()).containsExactly("m1", "m2", "m3");
    }

    @Test
    void extendedFirstMessageHidesItsWholeGroup() {
        List<Message> messages = receiveThree();

        changeVisibility(messages.get(0), 600);
        advance(Duration.ofSeconds(31));

        assertThat(receive()).isEmpty();
    }

    @Test
    void expiredHandleDoesNotDelete() {
        sendIn("g", "m1");
        Message message = receive(1).getFirst();
        advance(Duration.ofSeconds(31));

        assertRefused("InvalidParameterValue", () -> delete(message))
                .isEqualTo("Value " + message.receiptHandle()
                        + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.");
        assertThat(bodies()).containsExactly("m1");
    }

    @Test
    void expiredHandleFailsInABatchInWordsOfItsOwn() {
        sendIn("g", "m1");
        Message message = receive(1).getFirst();
        advance(Duration.ofSeconds(31));

        BatchResultErrorEntry failure = sqs.deleteMessageBatch(request -> request.queueUrl(queueUrl)
                        .entries(DeleteMessageBatchRequestEntry.builder()
                                .id("a")
                                .receiptHandle(message.receiptHandle())
                                .build()))
                .failed()
                .getFirst();

        assertThat(failure.code()).isEqualTo("ReceiptHandleIsInvalid");
        assertThat(failure.message()).isEqualTo("The receipt handle has expired");
        assertThat(bodies()).containsExactly("m1");
    }

    @Test
    void handleOfAnEarlierReceiveDoesNotDelete() {
        sendIn("g", "m1");
        Message first = receive(1).getFirst();
        changeVisibility(first, 0);
        receive(1);

        assertRefused("InvalidParameterValue", () -> delete(first)).contains("The receipt handle has expired.");
        assertThat(inFlight()).isEqualTo(1);
    }

    @Test
    void deletingTwiceSucceeds() {
        sendIn("g", "m1");
        Message message = receive(1).getFirst();
        delete(message);

        delete(message);
    }

    @Test
    void handleThatIsNoneIsRefused() {
        assertRefused(
                "ReceiptHandleIsInvalid",
                () -> sqs.deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle("garbage")));
    }

    @Test
    void messageReceivedTooOftenMovesAndItsGroupGoesOn() {
        String dead = createFifo(Map.of());
        set(QueueAttributeName.REDRIVE_POLICY, redrivePolicy(arn(dead), 1));
        sendIn("g", "poison");
        sendIn("g", "good");
        receive(1);

        advance(Duration.ofSeconds(31));

        assertThat(bodies()).containsExactly("good");
        assertThat(bodies(dead)).containsExactly("poison");
    }

    @Test
    void deadLetterKeepsIdSendTimeAndGroupAndTakesItsIdAsDeduplicationId() {
        String dead = createFifo(Map.of());
        set(QueueAttributeName.REDRIVE_POLICY, redrivePolicy(arn(dead), 1));
        // So that the two queues do not count alike.
        sendIn("g", "earlier");
        delete(receiveOne());
        var sent = send(queueUrl, "g", "poison", "my-id");
        Message first = receiveOne();
        advance(Duration.ofSeconds(31));

        Message letter = receiveOne(dead);

        assertThat(letter.messageId()).isEqualTo(sent.messageId());
        assertThat(letter.attributes())
                .containsEntry(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        first.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP))
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g")
                .containsEntry(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, sent.messageId())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2")
                .containsEntry(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, arn(queueUrl));
        assertThat(letter.attributes().get(MessageSystemAttributeName.SEQUENCE_NUMBER))
                .isNotEqualTo(sent.sequenceNumber());
    }

    @Test
    void retentionOfADeadLetterBeginsAnewWhenItDies() {
        String dead = createFifo(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "100"));
        set(QueueAttributeName.REDRIVE_POLICY, redrivePolicy(arn(dead), 1));
        sendIn("g", "m");
        advance(Duration.ofSeconds(90));
        receive(1);
        advance(Duration.ofSeconds(31));
        assertThat(receive()).isEmpty();

        advance(Duration.ofSeconds(90));

        assertThat(bodies(dead)).containsExactly("m");
    }

    @Test
    void messageReceivedByVisibility0IsVisibleToChange() {
        sendIn("g", "m1");
        Message message = receiveHidden(0);

        assertRefused("AWS.SimpleQueueService.MessageNotInflight", () -> changeVisibility(message, 10));
    }

    private List<Message> receiveThree() {
        for (int i = 1; i <= 3; i++) {
            sendIn("g", "m" + i);
        }
        return receive(3);
    }
}
