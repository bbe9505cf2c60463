package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;

class VisibilityBatchIT extends Conformance {

    @Test
    void everyEntryHasATimeoutOfItsOwn() {
        List<Message> messages = sendAndReceive(3);

        ChangeMessageVisibilityBatchResponse answer = change(
                change("now", messages.get(0), 0),
                change("soon", messages.get(1), 10),
                change("late", messages.get(2), 600));

        assertThat(answer.successful())
                .extracting(ChangeMessageVisibilityBatchResultEntry::id)
                .containsExactly("now", "soon", "late");
        assertThat(bodies()).containsExactly("m0");
        advance(Duration.ofSeconds(10));
        assertThat(bodies()).containsExactly("m1");
    }

    @Test
    void entriesThatAreWrongFailAlone() {
        List<Message> messages = sendAndReceive(3);
        delete(messages.get(2));

        ChangeMessageVisibilityBatchResponse answer = change(
                change("good", messages.get(0), 0),
                change("range", messages.get(1), 43_201),
                change("deleted", messages.get(2), 10),
                change("garbage", Message.builder().receiptHandle("garbage").build(), 10));

        assertThat(answer.successful())
                .extracting(ChangeMessageVisibilityBatchResultEntry::id)
                .containsExactly("good");
        assertThat(answer.failed())
                .extracting(failure -> failure.id() + " " + failure.code() + " " + failure.senderFault())
                .containsExactlyInAnyOrder(
                        "range InvalidParameterValue true",
                        "deleted InvalidParameterValue true",
                        "garbage ReceiptHandleIsInvalid true");
    }

    @Test
    void messageThatIsNotInFlightStaysVisible() {
        send("m");
        Message back = receiveHidden(0);

        assertThat(change(change("back", back, 10)).failed()).isEmpty();
        assertThat(bodies()).containsExactly("m");
    }

    @Test
    void missingTimeoutFailsAlone() {
        Message message = sendAndReceive(1).getFirst();

        assertThat(change(ChangeMessageVisibilityBatchRequestEntry.builder()
                                .id("a")
                                .receiptHandle(message.receiptHandle())
                                .build())
                        .failed())
                .extracting(BatchResultErrorEntry::code)
                .containsExactly("MissingParameter");
    }

    @Test
    void emptyBatchIsRefused() {
        assertRefused("AWS.SimpleQueueService.EmptyBatchRequest", this::change)
                .isEqualTo("There should be at least one ChangeMessageVisibilityBatchRequestEntry in the request.");
    }

    @Test
    void elevenEntriesAreRefused() {
        Message message = sendAndReceive(1).getFirst();
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            entries.add(change("i" + i, message, 0));
        }

        assertRefused(
                "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
                () -> change(entries.toArray(ChangeMessageVisibilityBatchRequestEntry[]::new)));
        assertThat(receive()).isEmpty();
    }

    @Test
    void idsThatAreNotDistinctAreRefused() {
        Message message = sendAndReceive(1).getFirst();

        assertRefused(
                "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
                () -> change(change("a", message, 0), change("a", message, 0)));
    }

    @Test
    void illegalIdIsRefused() {
        Message message = sendAndReceive(1).getFirst();

        assertRefused("AWS.SimpleQueueService.InvalidBatchEntryId", () -> change(change("a b", message, 0)));
    }

    private List<Message> sendAndReceive(int count) {
        for (int i = 0; i < count; i++) {
            send("m" + i);
        }
        return receive();
    }

    private ChangeMessageVisibilityBatchResponse change(ChangeMessageVisibilityBatchRequestEntry... entries) {
        return sqs.changeMessageVisibilityBatch(
                request -> request.queueUrl(queueUrl).entries(entries));
    }

    private static ChangeMessageVisibilityBatchRequestEntry change(String id, Message message, int seconds) {
        return ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(id)
                .receiptHandle(message.receiptHandle())
                .visibilityTimeout(seconds)
                .build();
    }
}
