package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

class ReceiveIT extends Conformance {

    @Test
    void oneMessageIsReceivedUnlessMoreAreAskedFor() {
        sendMany(3);

        assertThat(sqs.receiveMessage(request -> request.queueUrl(queueUrl)).messages())
                .hasSize(1);
    }

    @Test
    void upToTenMessagesAreReceivedAtOnce() {
        sendMany(12);

        assertThat(receive()).hasSize(10);
        assertThat(receive()).hasSize(2);
    }

    @Test
    void fewerThanAskedForAreReceivedWhenThereAreNoMore() {
        sendMany(2);

        assertThat(receive()).hasSize(2);
    }

    @Test
    void messagesAreLeftOutOfTheAnswerWhenThereAreNone() {
        ReceiveMessageResponse answer = sqs.receiveMessage(request -> request.queueUrl(queueUrl));

        assertThat(answer.hasMessages()).isFalse();
    }

    @Test
    void lessThanOneOrMoreThanTenMessagesAreRefused() {
        for (int max : List.of(-1, 0, 11)) {
            assertRefused(
                            "InvalidParameterValue",
                            () -> sqs.receiveMessage(
                                    request -> request.queueUrl(queueUrl).maxNumberOfMessages(max)))
                    .isEqualTo(
                            "Value " + max
                                    + " for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
        }
    }

    @Test
    void waitingBeyond0To20SecondsIsRefused() {
        for (int wait : List.of(-1, 21)) {
            assertRefused(
                            "InvalidParameterValue",
                            () -> sqs.receiveMessage(
                                    request -> request.queueUrl(queueUrl).waitTimeSeconds(wait)))
                    .isEqualTo(
                            "Value " + wait
                                    + " for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.");
        }
    }

    @Test
    void visibilityTimeoutBeyond0To12HoursIsRefused() {
        for (int timeout : List.of(-1, 43_201)) {
            assertRefused(
                            "InvalidParameterValue",
                            () -> sqs.receiveMessage(
                                    request -> request.queueUrl(queueUrl).visibilityTimeout(timeout)))
                    .contains("Value " + timeout + " for parameter VisibilityTimeout is invalid.");
        }
    }

    @Test
    void messagesComeInTheOrderTheyWereSent() {
        sendMany(10);

        assertThat(bodies()).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
    }

    @Test
    void messageInFlightIsReceivedByNobodyElse() {
        send("mine");
        receiveOne();

        assertThat(receive()).isEmpty();
        assertThat(inFlight()).isEqualTo(1);
    }

    @Test
    void everyReceiveGivesANewReceiptHandle() {
        send("m");

        String first = receiveHidden(0).receiptHandle();
        String second = receiveHidden(0).receiptHandle();

        assertThat(second).isNotEqualTo(first);
        assertThat(first).hasSizeBetween(1, 1_024);
    }

    @Test
    void receivedMessageHasTheMd5OfItsBody() {
        send("hello");

        assertThat(receiveOne().md5OfBody()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    }

    @Test
    void queuesVisibilityTimeoutHoldsUnlessTheReceiveNamesOne() {
        String url = create(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "100"));
        sendTo(url, "m");
        receiveOne(url);

        advance(Duration.ofSeconds(99));
        assertThat(receiveFrom(url)).isEmpty();

        advance(Duration.ofSeconds(2));
        assertThat(receiveFrom(url)).hasSize(1);
    }

    @Test
    void receivesOwnVisibilityTimeoutHoldsOnlyForItself() {
        send("m");
        receiveHidden(300);

        advance(Duration.ofSeconds(299));
        assertThat(receive()).isEmpty();
        advance(Duration.ofSeconds(2));
        assertThat(receive()).hasSize(1);
        advance(Duration.ofSeconds(31));
        assertThat(receive()).hasSize(1);
    }

    @Test
    void visibilityTimeoutOf0LeavesTheMessageVisible() {
        send("m");

        assertThat(receiveHidden(0).body()).isEqualTo("m");
        assertThat(receiveHidden(0).body()).isEqualTo("m");
        assertThat(inFlight()).isZero();
    }

    @Test
    void visibilityTimeoutOf12HoursIsAccepted() {
        send("m");
        receiveHidden(43_200);

        advance(Duration.ofHours(12).minusSeconds(5));
        assertThat(receive()).isEmpty();
        advance(Duration.ofSeconds(6));
        assertThat(receive()).extracting(Message::body).containsExactly("m");
    }

    @Test
    void changedVisibilityTimeoutOfTheQueueHoldsForLaterReceives() {
        sendMany(2);
        receiveOne();

        set(QueueAttributeName.VISIBILITY_TIMEOUT, "600");
        receiveOne();

        advance(Duration.ofSeconds(31));
        assertThat(bodies()).containsExactly("m0");
    }

    private void sendMany(int count) {
        for (int i = 0; i < count; i++) {
            send("m" + i);
        }
    }
}
