package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

class FifoSendIT extends FifoConformance {

    @Test
    void sequenceNumberHasTwentyDigitsAndGrowsWithEveryMessage() {
        List<BigInteger> numbers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String number = sendIn("g" + i % 2, "m" + i).sequenceNumber();
            assertThat(number).matches("[0-9]{20}");
            numbers.add(new BigInteger(number));
        }

        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void receivedMessageShowsItsGroupNumberAndDeduplicationId() {
        String number = send(queueUrl, "g", "m", "my-id").sequenceNumber();

        assertThat(receiveOne().attributes())
                .containsEntry(MessageSystemAttributeName.SEQUENCE_NUMBER, number)
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g")
                .containsEntry(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, "my-id");
    }

    @Test
    void resultsOfABatchHaveSequenceNumbersToo() {
        SendMessageBatchResponse answer = sqs.sendMessageBatch(
                request -> request.queueUrl(queueUrl).entries(fifoEntry("a", "g", "1"), fifoEntry("b", "g", "2")));

        assertThat(answer.successful())
                .allSatisfy(result -> assertThat(result.sequenceNumber()).matches("[0-9]{20}"));
        assertThat(answer.successful().get(1).sequenceNumber())
                .isGreaterThan(answer.successful().get(0).sequenceNumber());
    }

    @Test
    void missingGroupIsRefused() {
        assertRefused(
                        "MissingParameter",
                        () -> sqs.sendMessage(request ->
                                request.queueUrl(queueUrl).messageBody("m").messageDeduplicationId("d")))
                .isEqualTo("The request must contain the parameter MessageGroupId.");
    }

    @Test
    void missingGroupInABatchRefusesTheWholeBatch() {
        assertRefused(
                        "InvalidParameterValue",
                        () -> sqs.sendMessageBatch(request -> request.queueUrl(queueUrl)
                                .entries(
                                        fifoEntry("good", "g", "m"),
                                        entry("bad", "m").toBuilder()
                                                .messageDeduplicationId("d")
                                                .build())))
                .isEqualTo("The request must contain the parameter MessageGroupId.");
        assertThat(receive()).isEmpty();
    }

    @Test
    void missingDeduplicationIdInABatchRefusesTheWholeBatch() {
        assertRefused(
                        "InvalidParameterValue",
                        () -> sqs.sendMessageBatch(request -> request.queueUrl(queueUrl)
                                .entries(
                                        fifoEntry("good", "g", "m"),
                                        entry("bad", "m").toBuilder()
                                                .messageGroupId("g")
                                                .build())))
                .isEqualTo("The queue should either have ContentBasedDeduplication enabled or"
                        + " MessageDeduplicationId provided explicitly");
        assertThat(receive()).isEmpty();
    }

    @Test
    void messageWithoutDeduplicationIdIsRefusedUnlessItsContentIsOne() {
        assertRefused(
                        "InvalidParameterValue",
                        () -> sqs.sendMessage(request ->
                                request.queueUrl(queueUrl).messageBody("m").messageGroupId("g")))
                .isEqualTo("The queue should either have ContentBasedDeduplication enabled or"
                        + " MessageDeduplicationId provided explicitly");
    }

    @Test
    void idsOf128OfTheAllowedCharactersAreAccepted() {
        String id = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" + "a".repeat(96);
        send(queueUrl, id, "m", id);

        assertThat(receiveOne().attributes())
                .containsEntry(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, id)
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, id);
    }

    @Test
    void idsThatAreEmptyTooLongOrHaveOtherCharactersAreRefused() {
        for (String id : List.of("", "a".repeat(129), "a b", "ä")) {
            assertRefused("InvalidParameterValue", () -> send(queueUrl, id, "m", "d"));
            assertRefused("InvalidParameterValue", () -> send(queueUrl, "g", "m", id));
        }
    }

    @Test
    void delayOfAMessageIsRefused() {
        assertRefused(
                        "InvalidParameterValue",
                        () -> sqs.sendMessage(request -> request.queueUrl(queueUrl)
                                .messageBody("m")
                                .messageGroupId("g")
                                .messageDeduplicationId("d")
                                .delaySeconds(1)))
                .startsWith("Value 1 for parameter DelaySeconds is invalid.");
    }

    @Test
    void delayOf0MeansTheQueuesDelay() {
        set(QueueAttributeName.DELAY_SECONDS, "60");

        sqs.sendMessage(request -> request.queueUrl(queueUrl)
                .messageBody("m")
                .messageGroupId("g")
                .messageDeduplicationId("d")
                .delaySeconds(0));

        assertThat(receive()).isEmpty();
        advance(Duration.ofMinutes(1));
        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void entryThatIsWrongFailsAloneAndTheOthersKeepTheirOrder() {
        SendMessageBatchResponse answer = sqs.sendMessageBatch(request -> request.queueUrl(queueUrl)
                .entries(fifoEntry("a", "g", "1"), fifoEntry("b", "g", "\u0000"), fifoEntry("c", "g", "3")));

        assertThat(answer.failed()).hasSize(1);
        assertThat(bodies()).containsExactly("1", "3");
    }

    @Test
    void attributesAndChecksumsAreAsOnStandardQueues() {
        String md5 = sqs.sendMessage(request -> request.queueUrl(queueUrl)
                        .messageBody("m")
                        .messageGroupId("g")
                        .messageDeduplicationId("d")
                        .messageAttributes(Map.of("attribName1", text("String", "attribValue 1"))))
                .md5OfMessageAttributes();

        Message message = receiveOne();
        assertThat(md5).isEqualTo("19e27d4e946b072f3f58da80d94fd778");
        assertThat(message.md5OfMessageAttributes()).isEqualTo(md5);
    }

    @Test
    void standardQueueTakesNoDeduplicationId() {
        String standard = create(Map.of());

        assertRefused(
                        "InvalidParameterValue",
                        () -> sqs.sendMessage(request ->
                                request.queueUrl(standard).messageBody("m").messageDeduplicationId("d")))
                .startsWith("Value d for parameter MessageDeduplicationId is invalid.");
    }
}
