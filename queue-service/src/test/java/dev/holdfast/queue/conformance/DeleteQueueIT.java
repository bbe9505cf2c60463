package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

class DeleteQueueIT extends Conformance {
    private static final String GONE = "AWS.SimpleQueueService.NonExistentQueue";

    @Test
    void deletedQueueIsNotFoundAnyMore() {
        String name = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);

        deleteQueue();

        assertRefused(GONE, () -> sqs.getQueueUrl(request -> request.queueName(name)));
    }

    @Test
    void deletedQueueTakesNoMessages() {
        deleteQueue();

        assertRefused(GONE, () -> send("too late"));
    }

    @Test
    void deletingAQueueTwiceIsRefused() {
        deleteQueue();

        assertRefused(GONE, this::deleteQueue);
    }

    @Test
    void queueIsDeletedWithMessagesInEveryState() {
        send("in flight");
        receiveOne();
        send("waiting");
        sendDelayed("delayed", 60);

        deleteQueue();

        assertRefused(GONE, this::receive);
    }

    @Test
    void nameIsFreeAgainForAQueueThatBeginsEmpty() {
        send("lost with the queue");
        deleteQueue();

        String again = recreate(Map.of(QueueAttributeName.DELAY_SECONDS, "1"));

        assertThat(again).isEqualTo(queueUrl);
        assertThat(waiting()).isZero();
        assertThat(attribute(QueueAttributeName.DELAY_SECONDS)).isEqualTo("1");
    }

    @Test
    void receiptHandleOfTheDeletedQueueIsInvalidInItsNamesake() {
        send("lost");
        Message message = receiveOne();
        deleteQueue();
        recreate(Map.of());

        assertRefused("ReceiptHandleIsInvalid", () -> delete(message));
    }

    @Test
    void longPollOnADeletedQueueIsToldSo() {
        CompletableFuture<List<Message>> poll = poll(20);
        awaitParked(1);

        deleteQueue();

        assertThat(poll)
                .failsWithin(DEADLINE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(QueueDoesNotExistException.class);
    }

    @Test
    void longPollOnADeletedQueueTakesNothingFromItsNamesake() {
        CompletableFuture<List<Message>> poll = poll(20);
        awaitParked(1);
        deleteQueue();
        recreate(Map.of());

        send("for the new queue's consumers");

        assertThat(poll).failsWithin(DEADLINE);
        assertThat(bodies()).containsExactly("for the new queue's consumers");
    }

    private void deleteQueue() {
        sqs.deleteQueue(request -> request.queueUrl(queueUrl));
    }

    private String recreate(Map<QueueAttributeName, String> attributes) {
        return create(queueUrl.substring(queueUrl.lastIndexOf('/') + 1), attributes);
    }
}
