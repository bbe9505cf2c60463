package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** ReceiveRequestAttemptId: a receive whose answer was lost can be repeated. */
class ReceiveAttemptsIT extends FifoConformance {

    @Test
    void repeatedAttemptGetsTheSameMessagesAndHandles() {
        sendIn("g", "m1");
        sendIn("g", "m2");
        List<Message> first = attempt("a");

        List<Message> again = attempt("a");

        assertThat(bodies(first)).containsExactly("m1", "m2");
        assertThat(again)
                .extracting(Message::receiptHandle)
                .containsExactlyElementsOf(
                        first.stream().map(Message::receiptHandle).toList());
    }

    @Test
    void repeatedAttemptBeginsTheTimeoutAnew() {
        sendIn("g", "m");
        attempt("a");
        advance(Duration.ofSeconds(20));
        attempt("a");

        advance(Duration.ofSeconds(20));

        assertThat(receive()).isEmpty();
    }

    @Test
    void anotherAttemptGetsOtherMessages() {
        sendIn("g", "m1");
        attempt("a");
        sendIn("h", "m2");

        assertThat(bodies(attempt("b"))).containsExactly("m2");
    }

    @Test
    void attemptIsForgottenWhenOneOfItsMessagesIsDeleted() {
        sendIn("g", "m1");
        List<Message> first = attempt("a");
        delete(first.getFirst());
        sendIn("g", "m2");

        assertThat(bodies(attempt("a"))).containsExactly("m2");
    }

    @Test
    void attemptIsForgottenWhenAVisibilityIsChanged() {
        sendIn("g", "m1");
        Message first = attempt("a").getFirst();
        changeVisibility(first, 0);

        Message again = attempt("a").getFirst();

        assertThat(again.receiptHandle()).isNotEqualTo(first.receiptHandle());
    }

    @Test
    void handleOfARepeatedAttemptDeletes() {
        sendIn("g", "m1");
        Message first = attempt("a").getFirst();
        attempt("a");

        delete(first);

        assertThat(inFlight()).isZero();
    }

    @Test
    void idThatIsTooLongOrHasOtherCharactersIsRefused() {
        for (String id : List.of("a".repeat(129), "a b", "ä")) {
            assertRefused("InvalidParameterValue", () -> attempt(id));
        }
    }

    @Test
    void attemptWithNothingToReceiveIsNotRemembered() {
        assertThat(attempt("a")).isEmpty();
        sendIn("g", "m1");

        assertThat(bodies(attempt("a"))).containsExactly("m1");
    }

    @Test
    void deletedAndRecreatedQueueKnowsNoAttempts() {
        sendIn("g", "old");
        attempt("a");
        String name = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
        sqs.deleteQueue(request -> request.queueUrl(queueUrl));
        create(name, Map.of(QueueAttributeName.FIFO_QUEUE, "true"));

        assertThat(attempt("a")).isEmpty();
    }

    private List<Message> attempt(String id) {
        return sqs.receiveMessage(request ->
                        request.queueUrl(queueUrl).maxNumberOfMessages(10).receiveRequestAttemptId(id))
                .messages();
    }
}
