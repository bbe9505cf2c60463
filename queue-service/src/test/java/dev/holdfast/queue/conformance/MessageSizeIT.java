package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** What counts toward the size of a message, and what happens beyond it. */
class MessageSizeIT extends Conformance {

    @Test
    void bodyOfOneMiBIsAcceptedAndArrives() {
        String body = "x".repeat(MIB);
        send(body);

        assertThat(receiveOne().body()).isEqualTo(body);
    }

    @Test
    void bodyOverOneMiBIsRefused() {
        assertRefused("InvalidParameterValue", () -> send("x".repeat(MIB + 1)))
                .isEqualTo("One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.");
    }

    @Test
    void sizeIsCountedInBytesOfUtf8() {
        assertRefused("InvalidParameterValue", () -> send("€".repeat(MIB / 3 + 1)));
        send("€".repeat(MIB / 3));
    }

    @Test
    void queuesMaximumMessageSizeHolds() {
        set(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024");
        send("x".repeat(1024));

        assertRefused("InvalidParameterValue", () -> send("x".repeat(1025))).contains("shorter than 1024 bytes");
    }

    @Test
    void nameTypeAndValueOfAttributesCount() {
        set(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024");
        // The body of sendWith has 4 bytes, the name 4, the type 6.
        sendWith(Map.of("name", text("String", "x".repeat(1010))));

        assertRefused("InvalidParameterValue", () -> sendWith(Map.of("name", text("String", "x".repeat(1011)))));
        assertRefused("InvalidParameterValue", () -> sendWith(Map.of("names", text("String", "x".repeat(1010)))));
        assertRefused("InvalidParameterValue", () -> sendWith(Map.of("name", text("String.a", "x".repeat(1010)))));
    }

    @Test
    void bytesOfBinaryAttributesCountNotTheirBase64() {
        set(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024");
        sendWith(Map.of("name", binary("Binary", new int[1010])));

        assertRefused("InvalidParameterValue", () -> sendWith(Map.of("name", binary("Binary", new int[1011]))));
    }

    @Test
    void traceHeaderDoesNotCount() {
        set(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024");

        sqs.sendMessage(request -> request.queueUrl(queueUrl)
                .messageBody("x".repeat(1024))
                .messageSystemAttributes(Map.of(
                        MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
                        MessageSystemAttributeValue.builder()
                                .dataType("String")
                                .stringValue("Root=1-5759e988-bd862e3fe1be46a994272793")
                                .build())));

        assertThat(receive()).hasSize(1);
    }

    @Test
    void raisedMaximumTakesLargerMessagesAtOnce() {
        set(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024");
        set(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "2048");

        send("x".repeat(2048));
    }

    @Test
    void loweredMaximumLeavesLargerMessagesInTheQueue() {
        send("x".repeat(2048));
        set(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024");

        assertThat(receiveOne().body()).hasSize(2048);
    }

    @Test
    void batchOfOneMiBInSumIsAccepted() {
        SendMessageBatchResponse answer = sqs.sendMessageBatch(request ->
                request.queueUrl(queueUrl).entries(entry("a", "x".repeat(MIB / 2)), entry("b", "x".repeat(MIB / 2))));

        assertThat(answer.successful()).hasSize(2);
    }

    @Test
    void batchOverOneMiBInSumIsRefusedWhole() {
        assertRefused(
                        "AWS.SimpleQueueService.BatchRequestTooLong",
                        () -> sqs.sendMessageBatch(request -> request.queueUrl(queueUrl)
                                .entries(entry("a", "x".repeat(MIB / 2)), entry("b", "x".repeat(MIB / 2 + 1)))))
                .isEqualTo("Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.");
        assertThat(receive()).isEmpty();
    }

    @Test
    void attributesCountTowardTheSumOfABatch() {
        assertRefused(
                "AWS.SimpleQueueService.BatchRequestTooLong",
                () -> sqs.sendMessageBatch(request -> request.queueUrl(queueUrl)
                        .entries(
                                entry("a", "x".repeat(MIB / 2)),
                                entry("b", "x".repeat(MIB / 2)).toBuilder()
                                        .messageAttributes(Map.of("a", text("String", "y")))
                                        .build())));
    }

    @Test
    void entryOverItsQueuesMaximumFailsAlone() {
        set(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024");

        List<BatchResultErrorEntry> failed = sqs.sendMessageBatch(request ->
                        request.queueUrl(queueUrl).entries(entry("long", "x".repeat(1025)), entry("short", "fine")))
                .failed();

        assertThat(failed).hasSize(1);
        assertThat(failed.getFirst().id()).isEqualTo("long");
        assertThat(failed.getFirst().code()).isEqualTo("InvalidParameterValue");
        assertThat(failed.getFirst().senderFault()).isTrue();
        assertThat(failed.getFirst().message()).contains("shorter than 1024 bytes");
        assertThat(bodies()).containsExactly("fine");
    }
}
