package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class LongPollIT extends Conformance {

    @Test
    void pollWakesWhenAMessageIsSent() {
        CompletableFuture<List<Message>> poll = parked(poll(20));

        send("wake up");

        assertThat(received(poll)).containsExactly("wake up");
    }

    @Test
    void pollWakesWhenABatchIsSentAndTakesAllOfIt() {
        CompletableFuture<List<Message>> poll = parked(poll(20));

        sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries(3)));

        assertThat(received(poll)).containsExactly("m0", "m1", "m2");
    }

    @Test
    void pollAnswersAtOnceWithLessThanItAskedFor() {
        send("only one");

        assertThat(received(poll(20))).containsExactly("only one");
    }

    @Test
    void pollEndsEmptyWhenItsTimeIsOver() {
        CompletableFuture<List<Message>> poll = parked(poll(20));

        advance(Duration.ofSeconds(20));

        assertThat(received(poll)).isEmpty();
    }

    @Test
    void queuesWaitTimeHoldsForReceivesWithoutTheirOwn() {
        String url = create(Map.of(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "20"));
        CompletableFuture<List<Message>> poll = parked(inBackground(
                () -> sqs.receiveMessage(request -> request.queueUrl(url)).messages()));

        sendTo(url, "m");

        assertThat(received(poll)).containsExactly("m");
    }

    @Test
    void receivesOwnWaitTimeOf0Wins() {
        String url = create(Map.of(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "20"));

        assertThat(poll(url, 0)).succeedsWithin(Duration.ofSeconds(15));
    }

    @Test
    void pollWakesWhenAVisibilityTimeoutRunsOut() {
        send("m");
        receiveHidden(5);
        CompletableFuture<List<Message>> poll = parked(poll(20));

        advance(Duration.ofSeconds(5));

        assertThat(received(poll)).containsExactly("m");
    }

    @Test
    void pollWakesWhenAMessageIsReleased() {
        send("m");
        Message message = receiveOne();
        CompletableFuture<List<Message>> poll = parked(poll(20));

        changeVisibility(message, 0);

        assertThat(received(poll)).containsExactly("m");
    }

    @Test
    void pollWakesWhenADelayIsOver() {
        sendDelayed("m", 5);
        CompletableFuture<List<Message>> poll = parked(poll(20));

        advance(Duration.ofSeconds(5));

        assertThat(received(poll)).containsExactly("m");
    }

    @Test
    void pollOnADeadLetterQueueWakesWhenAMessageDies() {
        String dead = create(Map.of());
        set(QueueAttributeName.REDRIVE_POLICY, redrivePolicy(arn(dead), 1));
        send("m");
        receiveHidden(5);
        CompletableFuture<List<Message>> poll = parked(poll(dead, 20));

        advance(Duration.ofSeconds(5));

        assertThat(received(poll)).containsExactly("m");
    }

    @Test
    void oneMessageWakesOnlyOnePollTheOldest() {
        CompletableFuture<List<Message>> older = parked(poll(20));
        CompletableFuture<List<Message>> younger = poll(20);
        awaitParked(2);

        send("for the older");

        assertThat(received(older)).containsExactly("for the older");
        assertThat(younger).isNotDone();
        send("for the younger");
        assertThat(received(younger)).containsExactly("for the younger");
    }

    @Test
    void pollOnOneQueueIsNotWokenByAnother() {
        String other = create(Map.of());
        CompletableFuture<List<Message>> poll = parked(poll(20));

        sendTo(other, "elsewhere");

        assertThat(poll).isNotDone();
        assertThat(bodies(other)).containsExactly("elsewhere");
        send("here");
        assertThat(received(poll)).containsExactly("here");
    }

    private static CompletableFuture<List<Message>> parked(CompletableFuture<List<Message>> poll) {
        awaitParked(1);
        return poll;
    }

    private static List<String> received(CompletableFuture<List<Message>> poll) {
        assertThat(poll).succeedsWithin(DEADLINE);
        return poll.join().stream().map(Message::body).toList();
    }
}
