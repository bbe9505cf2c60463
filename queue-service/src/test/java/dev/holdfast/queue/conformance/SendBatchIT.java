package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

class SendBatchIT extends Conformance {

    @Test
    void tenEntriesAreSentInTheirOrder() {
        SendMessageBatchResponse answer = sendBatch(entries(10));

        assertThat(answer.successful())
                .extracting(SendMessageBatchResultEntry::id)
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "i" + i).toList());
        assertThat(bodies())
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void everyEntryIsAnsweredWithTheIdAndChecksumOfItsMessage() {
        SendMessageBatchResultEntry result =
                sendBatch(List.of(entry("a", "hello"))).successful().getFirst();

        assertThat(result.md5OfMessageBody()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(result.messageId()).isEqualTo(receiveOne().messageId());
        assertThat(result.sequenceNumber()).isNull();
    }

    @Test
    void emptyListOfFailuresIsLeftOutOfTheAnswer() {
        assertThat(sendBatch(entries(1)).hasFailed()).isFalse();
    }

    @Test
    void emptyListOfSuccessesIsLeftOutOfTheAnswer() {
        SendMessageBatchResponse answer = sendBatch(List.of(entry("a", "\u0000")));

        assertThat(answer.hasSuccessful()).isFalse();
        assertThat(answer.failed()).hasSize(1);
    }

    @Test
    void forbiddenCharacterFailsAlone() {
        SendMessageBatchResponse answer = sendBatch(List.of(entry("bad", "bell \u0007"), entry("good", "fine")));

        assertThat(answer.successful())
                .extracting(SendMessageBatchResultEntry::id)
                .containsExactly("good");
        BatchResultErrorEntry failure = answer.failed().getFirst();
        assertThat(failure.id()).isEqualTo("bad");
        assertThat(failure.code()).isEqualTo("InvalidMessageContents");
        assertThat(failure.senderFault()).isTrue();
        assertThat(failure.message()).isNotBlank();
    }

    @Test
    void delayOutOfRangeFailsAlone() {
        SendMessageBatchResponse answer = sendBatch(List.of(
                entry("bad", "x").toBuilder().delaySeconds(901).build(),
                entry("good", "x").toBuilder().delaySeconds(900).build()));

        assertThat(answer.failed())
                .extracting(BatchResultErrorEntry::id, BatchResultErrorEntry::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("bad", "InvalidParameterValue"));
        assertThat(delayed()).isEqualTo(1);
    }

    @Test
    void delayHoldsForItsEntry() {
        sendBatch(List.of(
                entry("now", "now"),
                entry("later", "later").toBuilder().delaySeconds(60).build()));

        assertThat(bodies()).containsExactly("now");
    }

    @Test
    void attributesBelongToTheirEntry() {
        SendMessageBatchResponse answer = sendBatch(List.of(
                entry("a", "a").toBuilder()
                        .messageAttributes(Map.of("n", text("String", "1")))
                        .build(),
                entry("b", "b")));

        assertThat(answer.successful().get(0).md5OfMessageAttributes())
                .isEqualTo(Md5.ofAttributes(Map.of("n", text("String", "1"))));
        assertThat(answer.successful().get(1).md5OfMessageAttributes()).isNull();
        List<Message> messages = receive();
        assertThat(messages.get(0).messageAttributes()).containsOnlyKeys("n");
        assertThat(messages.get(1).hasMessageAttributes()).isFalse();
    }

    @Test
    void attributeThatIsWrongFailsAlone() {
        SendMessageBatchResponse answer = sendBatch(List.of(
                entry("bad", "x").toBuilder()
                        .messageAttributes(Map.of("aws.x", text("String", "1")))
                        .build(),
                entry("good", "x")));

        assertThat(answer.successful()).hasSize(1);
        assertThat(answer.failed()).extracting(BatchResultErrorEntry::id).containsExactly("bad");
    }

    @Test
    void emptyBatchIsRefused() {
        assertRefused("AWS.SimpleQueueService.EmptyBatchRequest", () -> sendBatch(List.of()))
                .isEqualTo("There should be at least one SendMessageBatchRequestEntry in the request.");
    }

    @Test
    void elevenEntriesAreRefused() {
        assertRefused("AWS.SimpleQueueService.TooManyEntriesInBatchRequest", () -> sendBatch(entries(11)))
                .isEqualTo("Maximum number of entries per request are 10. You have sent 11.");
        assertThat(receive()).isEmpty();
    }

    @Test
    void idsThatAreNotDistinctAreRefused() {
        assertRefused(
                        "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
                        () -> sendBatch(List.of(entry("a", "x"), entry("a", "y"))))
                .isEqualTo("Id a repeated.");
        assertThat(receive()).isEmpty();
    }

    @Test
    void idOf80OfTheAllowedCharactersIsAccepted() {
        String id = "Az09_-" + "x".repeat(74);

        assertThat(sendBatch(List.of(entry(id, "x"))).successful().getFirst().id())
                .isEqualTo(id);
    }

    @Test
    void idThatIsEmptyTooLongOrHasOtherCharactersIsRefused() {
        for (String id : List.of("", "x".repeat(81), "a b", "a.b", "ä")) {
            assertRefused(
                            "AWS.SimpleQueueService.InvalidBatchEntryId",
                            () -> sendBatch(List.of(entry(id, "x"), entry("good", "y"))))
                    .contains("alphanumeric characters, hyphens and underscores");
        }
    }

    @Test
    void missingMembersOfAnEntryAreNamed() {
        List<SendMessageBatchRequestEntry> withoutBody = new ArrayList<>(entries(1));
        withoutBody.add(SendMessageBatchRequestEntry.builder().id("b").build());

        assertRefused("MissingParameter", () -> sendBatch(withoutBody)).contains("MessageBody");
        assertRefused(
                        "MissingParameter",
                        () -> sendBatch(List.of(SendMessageBatchRequestEntry.builder()
                                .messageBody("x")
                                .build())))
                .contains("Id");
    }

    private SendMessageBatchResponse sendBatch(List<SendMessageBatchRequestEntry> entries) {
        return sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
    }
}
