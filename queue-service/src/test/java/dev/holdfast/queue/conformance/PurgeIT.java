package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

class PurgeIT extends Conformance {

    @Test
    void purgedQueueIsEmptyWhateverTheStateOfItsMessages() {
        send("in flight");
        receiveOne();
        send("waiting");
        sendDelayed("delayed", 60);

        purge();

        assertThat(waiting()).isZero();
        assertThat(inFlight()).isZero();
        assertThat(delayed()).isZero();
        advance(Duration.ofSeconds(61));
        assertThat(receive()).isEmpty();
    }

    @Test
    void messagesSentAfterThePurgeStay() {
        send("before");

        purge();
        send("after");

        assertThat(bodies()).containsExactly("after");
    }

    @Test
    void emptyQueueCanBePurged() {
        purge();

        assertThat(receive()).isEmpty();
    }

    @Test
    void handleOfAPurgedMessageStillDeletesWithoutError() {
        send("m");
        Message message = receiveOne();
        purge();

        delete(message);
    }

    @Test
    void visibilityOfAPurgedMessageCannotBeChanged() {
        send("m");
        Message message = receiveOne();
        purge();

        assertRefused("InvalidParameterValue", () -> changeVisibility(message, 10))
                .contains("Message does not exist or is not available for visibility timeout change.");
    }

    @Test
    void waitingPollGoesOnWaiting() {
        CompletableFuture<List<Message>> poll = poll(20);
        awaitParked(1);

        purge();
        send("after");

        assertThat(poll).succeedsWithin(DEADLINE);
        assertThat(poll.join()).extracting(Message::body).containsExactly("after");
    }

    @Test
    void missingQueueIsRefused() {
        assertRefused(
                "AWS.SimpleQueueService.NonExistentQueue", () -> sqs.purgeQueue(request -> request.queueUrl(NO_QUEUE)));
    }

    private void purge() {
        sqs.purgeQueue(request -> request.queueUrl(queueUrl));
    }
}
