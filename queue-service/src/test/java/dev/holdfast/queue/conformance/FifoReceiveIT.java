package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Which messages a FIFO queue hands out, and in what order. */
class FifoReceiveIT extends FifoConformance {

    @Test
    void messagesOfAGroupComeInTheirOrder() {
        for (int i = 0; i < 10; i++) {
            sendIn("g", "m" + i);
        }

        assertThat(bodies()).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
    }

    @Test
    void receiveDrainsOneGroupBeforeTheNext() {
        sendIn("g1", "g1-m1");
        sendIn("g2", "g2-m1");
        sendIn("g1", "g1-m2");
        sendIn("g1", "g1-m3");

        assertThat(bodies()).containsExactly("g1-m1", "g1-m2", "g1-m3", "g2-m1");
    }

    @Test
    void receivesRotateOverTheGroups() {
        for (String group : List.of("g1", "g2", "g3")) {
            sendIn(group, group + "-m1");
            sendIn(group, group + "-m2");
        }

        assertThat(bodies(receive(1))).containsExactly("g1-m1");
        assertThat(bodies(receive(1))).containsExactly("g2-m1");
        assertThat(bodies(receive(1))).containsExactly("g3-m1");
        assertThat(receive()).isEmpty();
    }

    @Test
    void groupWithAMessageInFlightGivesNoMore() {
        sendIn("g", "m1");
        sendIn("g", "m2");
        receive(1);

        assertThat(receive()).isEmpty();
        sendIn("other", "m3");
        assertThat(bodies()).containsExactly("m3");
    }

    @Test
    void groupGoesOnWhenItsMessageIsDeleted() {
        sendIn("g", "m1");
        sendIn("g", "m2");

        delete(receive(1).getFirst());

        assertThat(bodies()).containsExactly("m2");
    }

    @Test
    void groupGoesOnOnlyWhenAllItsMessagesInFlightAreDeleted() {
        for (int i = 0; i < 4; i++) {
            sendIn("g", "m" + i);
        }
        List<Message> messages = receive(3);

        delete(messages.get(2));
        delete(messages.get(0));
        assertThat(receive()).isEmpty();

        delete(messages.get(1));
        assertThat(bodies()).containsExactly("m3");
    }

    @Test
    void orderIsKeptWhenATimeoutRunsOut() {
        for (int i = 0; i < 3; i++) {
            sendIn("g", "m" + i);
        }
        receive(2);

        advance(Duration.ofSeconds(31));

        assertThat(bodies()).containsExactly("m0", "m1", "m2");
    }

    @Test
    void orderIsKeptAfterManyReceives() {
        sendIn("g", "m0");
        sendIn("g", "m1");
        for (int i = 0; i < 5; i++) {
            assertThat(bodies(receive(1))).containsExactly("m0");
            advance(Duration.ofSeconds(31));
        }

        assertThat(bodies()).containsExactly("m0", "m1");
    }

    @Test
    void receiveWithVisibilityTimeout0PutsItsGroupLast() {
        sendIn("g1", "g1-m1");
        sendIn("g2", "g2-m1");

        assertThat(receiveHidden(0).body()).isEqualTo("g1-m1");
        assertThat(receiveHidden(0).body()).isEqualTo("g2-m1");
        assertThat(receiveHidden(0).body()).isEqualTo("g1-m1");
    }

    @Test
    void messagesInFlightAreCounted() {
        sendIn("g1", "m");
        sendIn("g1", "m");
        sendIn("g2", "m");
        receive(1);

        assertThat(inFlight()).isEqualTo(1);
        assertThat(waiting()).isEqualTo(2);
    }

    @Test
    void deletingAMessageThatFreesItsGroupWakesAPoll() {
        sendIn("g", "m1");
        sendIn("g", "m2");
        Message first = receive(1).getFirst();
        CompletableFuture<List<Message>> poll = poll(20);
        awaitParked(1);

        delete(first);

        assertThat(poll).succeedsWithin(DEADLINE);
        assertThat(bodies(poll.join())).containsExactly("m2");
    }

    @Test
    void deletingABatchThatFreesItsGroupWakesAPoll() {
        for (int i = 0; i < 3; i++) {
            sendIn("g", "m" + i);
        }
        List<DeleteMessageBatchRequestEntry> deletions = new ArrayList<>();
        receive(2)
                .forEach(message -> deletions.add(DeleteMessageBatchRequestEntry.builder()
                        .id("i" + deletions.size())
                        .receiptHandle(message.receiptHandle())
                        .build()));
        CompletableFuture<List<Message>> poll = poll(20);
        awaitParked(1);

        sqs.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(deletions));

        assertThat(poll).succeedsWithin(DEADLINE);
        assertThat(bodies(poll.join())).containsExactly("m2");
    }

    @Test
    void pollIsNotWokenByAMessageOfABlockedGroup() {
        sendIn("g", "m1");
        receive(1);
        CompletableFuture<List<Message>> poll = poll(20);
        awaitParked(1);

        sendIn("g", "m2");
        sendIn("free", "m3");

        assertThat(poll).succeedsWithin(DEADLINE);
        assertThat(bodies(poll.join())).containsExactly("m3");
    }

    @Test
    void delayOfTheQueueKeepsTheOrder() {
        set(QueueAttributeName.DELAY_SECONDS, "60");
        sendIn("g", "m1");
        advance(Duration.ofSeconds(30));
        sendIn("g", "m2");

        advance(Duration.ofSeconds(30));
        assertThat(bodies(receive(10))).containsExactly("m1");
        advance(Duration.ofSeconds(30));
        assertThat(bodies()).containsExactly("m1", "m2");
    }
}
