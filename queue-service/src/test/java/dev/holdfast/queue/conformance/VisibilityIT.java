package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

class VisibilityIT extends Conformance {
    private static final String INVALID = "InvalidParameterValue";

    @Test
    void messageReturnsWhenItsTimeoutRunsOut() {
        send("m");
        receiveHidden(60);

        advance(Duration.ofSeconds(59));
        assertThat(receive()).isEmpty();
        advance(Duration.ofSeconds(1));
        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void newTimeoutCountsFromTheCall() {
        send("m");
        Message message = receiveHidden(60);
        advance(Duration.ofSeconds(50));

        changeVisibility(message, 60);

        advance(Duration.ofSeconds(58));
        assertThat(receive()).isEmpty();
        advance(Duration.ofSeconds(3));
        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void timeoutCanBeShortened() {
        send("m");
        Message message = receiveHidden(600);

        changeVisibility(message, 10);

        advance(Duration.ofSeconds(10));
        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void timeoutOf0ReturnsTheMessageAtOnce() {
        send("m");

        changeVisibility(receiveOne(), 0);

        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void newTimeoutIsNotRememberedForTheNextReceive() {
        send("m");
        changeVisibility(receiveOne(), 600);
        advance(Duration.ofMinutes(10));
        receiveOne();

        advance(Duration.ofSeconds(31));

        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void olderHandleWorksWhileTheMessageIsInFlight() {
        send("m");
        Message first = receiveHidden(0);
        receiveOne();

        changeVisibility(first, 0);

        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void messageThatIsVisibleStaysVisible() {
        send("m");
        Message message = receiveHidden(0);

        changeVisibility(message, 10);

        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void changeOfAMessageWhoseTimeoutRanOutSucceedsWithoutEffect() {
        send("m");
        Message message = receiveHidden(60);
        advance(Duration.ofSeconds(60));

        changeVisibility(message, 10);

        assertThat(inFlight()).isZero();
        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void deletedMessageCannotBeChanged() {
        send("m");
        Message message = receiveOne();
        delete(message);

        assertRefused(INVALID, () -> changeVisibility(message, 10))
                .isEqualTo("Value " + message.receiptHandle() + " for parameter ReceiptHandle is invalid. Reason:"
                        + " Message does not exist or is not available for visibility timeout change.");
    }

    @Test
    void handleThatIsNoneIsRefused() {
        assertRefused(
                        "ReceiptHandleIsInvalid",
                        () -> sqs.changeMessageVisibility(request -> request.queueUrl(queueUrl)
                                .receiptHandle("garbage")
                                .visibilityTimeout(10)))
                .isEqualTo("The input receipt handle \"garbage\" is not a valid receipt handle.");
    }

    @Test
    void handleOfAnotherQueueIsRefused() {
        send("m");
        String handle = receiveOne().receiptHandle();
        String other = create(Map.of());

        assertRefused(
                "ReceiptHandleIsInvalid",
                () -> sqs.changeMessageVisibility(
                        request -> request.queueUrl(other).receiptHandle(handle).visibilityTimeout(10)));
    }

    @Test
    void missingTimeoutIsRefused() {
        send("m");
        String handle = receiveOne().receiptHandle();

        assertRefused(
                        "MissingParameter",
                        () -> sqs.changeMessageVisibility(
                                request -> request.queueUrl(queueUrl).receiptHandle(handle)))
                .isEqualTo("The request must contain the parameter VisibilityTimeout.");
    }

    @Test
    void missingHandleIsRefused() {
        assertRefused(
                        "MissingParameter",
                        () -> sqs.changeMessageVisibility(
                                request -> request.queueUrl(queueUrl).visibilityTimeout(10)))
                .isEqualTo("The request must contain the parameter ReceiptHandle.");
    }

    @Test
    void timeoutBeyond0To12HoursIsRefused() {
        send("m");
        Message message = receiveOne();

        assertRefused(INVALID, () -> changeVisibility(message, -1));
        assertRefused(INVALID, () -> changeVisibility(message, 43_201))
                .isEqualTo(
                        "Value 43201 for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an"
                                + " integer between 0 and 43200.");
    }

    @Test
    void totalBeyond12HoursSinceTheReceiveIsRefusedAndNothingChanges() {
        send("m");
        Message message = receiveHidden(7_200);
        advance(Duration.ofHours(1));

        assertRefused(INVALID, () -> changeVisibility(message, 43_200))
                .isEqualTo(
                        "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the"
                                + " message is beyond the limit [43200 seconds]");
        changeVisibility(message, 39_590);

        advance(Duration.ofSeconds(39_500));
        assertThat(receive()).isEmpty();
    }

    @Test
    void messageThatComesBackStandsBeforeNewerOnes() {
        send("first");
        send("second");

        changeVisibility(receiveOne(), 0);

        assertThat(bodies()).containsExactly("first", "second");
    }

    @Test
    void messageThatComesBackAfterItsThirdReceiveGoesToTheBack() {
        send("poison");
        send("second");
        for (int i = 0; i < 3; i++) {
            assertThat(receiveHidden(0).body()).isEqualTo("poison");
        }

        assertThat(bodies()).containsExactly("second", "poison");
    }

    @Test
    void extendedMessageIsNotCountedAsReceivedAgain() {
        send("m");
        Message message = receiveHidden(60);
        changeVisibility(message, 60);
        advance(Duration.ofSeconds(60));

        assertThat(receiveHidden(0).attributesAsStrings()).containsEntry("ApproximateReceiveCount", "2");
    }
}
