package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.CONTENT_BASED_DEDUPLICATION;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.DEDUPLICATION_SCOPE;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

class DeduplicationIT extends FifoConformance {

    @Test
    void duplicateIsAcceptedUnderTheFirstOnesIdAndNotDelivered() {
        SendMessageResponse first = send(queueUrl, "g", "m", "d");
        SendMessageResponse second = send(queueUrl, "g", "another body", "d");

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.sequenceNumber()).isEqualTo(first.sequenceNumber());
        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void answerToADuplicateHasTheChecksumOfWhatWasSent() {
        send(queueUrl, "g", "m", "d");

        assertThat(send(queueUrl, "g", "hello", "d").md5OfMessageBody()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    }

    @Test
    void duplicateIsOneForFiveMinutes() {
        send(queueUrl, "g", "m", "d");
        advance(Duration.ofSeconds(295));
        send(queueUrl, "g", "m", "d");
        assertThat(waiting()).isEqualTo(1);

        advance(Duration.ofSeconds(5));
        send(queueUrl, "g", "m", "d");

        assertThat(waiting()).isEqualTo(2);
    }

    @Test
    void duplicateDoesNotProlongTheFiveMinutes() {
        String first = send(queueUrl, "g", "m", "d").messageId();
        advance(Duration.ofSeconds(200));
        send(queueUrl, "g", "m", "d");

        advance(Duration.ofSeconds(100));

        assertThat(send(queueUrl, "g", "m", "d").messageId()).isNotEqualTo(first);
    }

    @Test
    void deduplicationSurvivesTheDeletionOfTheMessage() {
        send(queueUrl, "g", "m", "d");
        delete(receiveOne());

        send(queueUrl, "g", "m", "d");

        assertThat(receive()).isEmpty();
    }

    @Test
    void purgeClearsIt() {
        send(queueUrl, "g", "m", "d");
        sqs.purgeQueue(request -> request.queueUrl(queueUrl));

        send(queueUrl, "g", "again", "d");

        assertThat(bodies()).containsExactly("again");
    }

    @Test
    void idsAreToldApartByCase() {
        send(queueUrl, "g", "m1", "d");
        send(queueUrl, "g", "m2", "D");

        assertThat(bodies()).containsExactly("m1", "m2");
    }

    @Test
    void scopeIsTheWholeQueueUnlessSaidOtherwise() {
        send(queueUrl, "g1", "m1", "d");
        send(queueUrl, "g2", "m2", "d");

        assertThat(bodies()).containsExactly("m1");
    }

    @Test
    void scopeCanBeTheGroup() {
        String url = createFifo(Map.of(DEDUPLICATION_SCOPE, "messageGroup"));
        send(url, "g1", "m1", "d");
        send(url, "g2", "m2", "d");
        send(url, "g1", "m3", "d");

        assertThat(bodies(url)).containsExactly("m1", "m2");
    }

    @Test
    void scopeInForceIsTheOneTheQueueWasCreatedWith() {
        set(DEDUPLICATION_SCOPE, "messageGroup");

        send(queueUrl, "g1", "m1", "d");
        send(queueUrl, "g2", "m2", "d");

        assertThat(attribute(DEDUPLICATION_SCOPE)).isEqualTo("messageGroup");
        assertThat(bodies()).containsExactly("m1");
    }

    @Test
    void twoQueuesKnowNothingOfEachOther() {
        String other = createFifo(Map.of());
        send(queueUrl, "g", "m", "d");
        send(other, "g", "m", "d");

        assertThat(bodies(other)).containsExactly("m");
    }

    @Test
    void contentOfTheBodyIsTheIdWhereThatIsTurnedOn() {
        set(CONTENT_BASED_DEDUPLICATION, "true");

        String first = sendWithoutId("same");
        String second = sendWithoutId("same");
        String third = sendWithoutId("different");

        assertThat(second).isEqualTo(first).isNotEqualTo(third);
        assertThat(bodies()).containsExactly("same", "different");
    }

    @Test
    void attributesDoNotCountAsContent() {
        set(CONTENT_BASED_DEDUPLICATION, "true");
        sendWithoutId("same");

        sqs.sendMessage(request -> request.queueUrl(queueUrl)
                .messageBody("same")
                .messageGroupId("g")
                .messageAttributes(Map.of("a", text("String", "b"))));

        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void deduplicationIdOfContentIsItsSha256() {
        set(CONTENT_BASED_DEDUPLICATION, "true");
        sendWithoutId("hello");

        assertThat(receiveOne().attributes())
                .containsEntry(
                        MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID,
                        "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    }

    @Test
    void explicitIdWinsOverTheContent() {
        set(CONTENT_BASED_DEDUPLICATION, "true");
        send(queueUrl, "g", "same", "d1");
        send(queueUrl, "g", "same", "d2");

        assertThat(bodies()).containsExactly("same", "same");
    }

    @Test
    void duplicatesWithinABatchAreDeliveredOnce() {
        var answer = sqs.sendMessageBatch(request -> request.queueUrl(queueUrl)
                .entries(
                        fifoEntry("a", "g", "m1").toBuilder()
                                .messageDeduplicationId("d")
                                .build(),
                        fifoEntry("b", "g", "m2").toBuilder()
                                .messageDeduplicationId("d")
                                .build()));

        assertThat(answer.successful()).hasSize(2);
        assertThat(answer.successful().get(1).messageId())
                .isEqualTo(answer.successful().get(0).messageId());
        assertThat(bodies()).containsExactly("m1");
    }

    private String sendWithoutId(String body) {
        return sqs.sendMessage(
                        request -> request.queueUrl(queueUrl).messageBody(body).messageGroupId("g"))
                .messageId();
    }
}
