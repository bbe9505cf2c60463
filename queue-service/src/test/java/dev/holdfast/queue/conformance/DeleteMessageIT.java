package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** DeleteMessage and DeleteMessageBatch on a standard queue. */
class DeleteMessageIT extends Conformance {

    @Test
    void deletedMessageIsNeverReceivedAgain() {
        send("m");

        delete(receiveOne());

        assertThat(waiting()).isZero();
        assertThat(inFlight()).isZero();
        advance(Duration.ofHours(13));
        assertThat(receive()).isEmpty();
    }

    @Test
    void deletingTwiceSucceeds() {
        send("m");
        Message message = receiveOne();
        delete(message);

        delete(message);

        assertThat(receive()).isEmpty();
    }

    @Test
    void handleWhoseTimeoutRanOutDeletes() {
        send("m");
        Message message = receiveHidden(60);
        advance(Duration.ofSeconds(60));

        delete(message);

        assertThat(receive()).isEmpty();
    }

    @Test
    void olderHandleDeletes() {
        send("m");
        Message first = receiveHidden(0);
        receiveOne();

        delete(first);

        assertThat(inFlight()).isZero();
    }

    @Test
    void deletingOneMessageLeavesTheOthers() {
        send("first");
        send("second");
        send("third");
        List<Message> messages = receive();

        delete(messages.get(1));

        advance(Duration.ofSeconds(31));
        assertThat(bodies()).containsExactly("first", "third");
    }

    @Test
    void handleThatIsNoneIsRefused() {
        for (String handle : List.of("garbage", "", "x".repeat(1_024), "AAAAAAAAAAAAAAAAAAAAAAAAAAA")) {
            assertRefused(
                            "ReceiptHandleIsInvalid",
                            () -> sqs.deleteMessage(
                                    request -> request.queueUrl(queueUrl).receiptHandle(handle)))
                    .endsWith("is not a valid receipt handle.");
        }
    }

    @Test
    void handleOfAnotherQueueIsRefusedAndDeletesNothing() {
        send("m");
        Message message = receiveOne();
        String other = create(Map.of());

        assertRefused(
                "ReceiptHandleIsInvalid",
                () -> sqs.deleteMessage(request -> request.queueUrl(other).receiptHandle(message.receiptHandle())));
        assertThat(inFlight()).isEqualTo(1);
    }

    @Test
    void missingHandleIsRefused() {
        assertRefused("MissingParameter", () -> sqs.deleteMessage(request -> request.queueUrl(queueUrl)))
                .isEqualTo("The request must contain the parameter ReceiptHandle.");
    }

    @Test
    void batchDeletesEveryEntry() {
        for (int i = 0; i < 10; i++) {
            send("m" + i);
        }
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        receive().forEach(message -> entries.add(deletion("i" + entries.size(), message.receiptHandle())));

        DeleteMessageBatchResponse answer = deleteBatch(entries);

        assertThat(answer.successful()).hasSize(10);
        assertThat(answer.hasFailed()).isFalse();
        assertThat(inFlight()).isZero();
    }

    @Test
    void entryOfABatchFailsAlone() {
        send("m");
        String handle = receiveOne().receiptHandle();

        DeleteMessageBatchResponse answer = deleteBatch(List.of(deletion("bad", "garbage"), deletion("good", handle)));

        assertThat(answer.successful())
                .extracting(DeleteMessageBatchResultEntry::id)
                .containsExactly("good");
        BatchResultErrorEntry failure = answer.failed().getFirst();
        assertThat(failure.id()).isEqualTo("bad");
        assertThat(failure.code()).isEqualTo("ReceiptHandleIsInvalid");
        assertThat(failure.senderFault()).isTrue();
        assertThat(inFlight()).isZero();
    }

    @Test
    void batchMayNameOneMessageTwice() {
        send("m");
        String handle = receiveOne().receiptHandle();

        assertThat(deleteBatch(List.of(deletion("a", handle), deletion("b", handle)))
                        .successful())
                .hasSize(2);
    }

    @Test
    void emptyBatchIsRefused() {
        assertRefused("AWS.SimpleQueueService.EmptyBatchRequest", () -> deleteBatch(List.of()))
                .isEqualTo("There should be at least one DeleteMessageBatchRequestEntry in the request.");
    }

    @Test
    void elevenEntriesAreRefused() {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            entries.add(deletion("i" + i, "x"));
        }

        assertRefused("AWS.SimpleQueueService.TooManyEntriesInBatchRequest", () -> deleteBatch(entries));
    }

    @Test
    void idsThatAreNotDistinctAreRefused() {
        assertRefused(
                "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
                () -> deleteBatch(List.of(deletion("a", "x"), deletion("a", "y"))));
    }

    @Test
    void illegalIdIsRefused() {
        assertRefused("AWS.SimpleQueueService.InvalidBatchEntryId", () -> deleteBatch(List.of(deletion("a.b", "x"))));
    }

    private DeleteMessageBatchResponse deleteBatch(List<DeleteMessageBatchRequestEntry> entries) {
        return sqs.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
    }

    private static DeleteMessageBatchRequestEntry deletion(String id, String handle) {
        return DeleteMessageBatchRequestEntry.builder()
                .id(id)
                .receiptHandle(handle)
                .build();
    }
}
