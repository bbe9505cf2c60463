package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.AWS_TRACE_HEADER;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.SENDER_ID;
import static software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName.SENT_TIMESTAMP;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

class SystemAttributesIT extends Conformance {
    private static final String TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    @Test
    void senderIsTheCallersAccount() {
        send("m");

        assertThat(receiveOne().attributes()).containsEntry(SENDER_ID, ACCOUNT);
    }

    @Test
    void timesAreInMilliseconds() {
        send("m");

        Message message = receiveOne();

        assertThat(message.attributes().get(SENT_TIMESTAMP)).hasSize(13);
        assertThat(message.attributes().get(APPROXIMATE_FIRST_RECEIVE_TIMESTAMP))
                .hasSize(13);
    }

    @Test
    void sentTimestampStaysWhileTheReceiveCountGrows() {
        send("m");
        Message first = receiveHidden(0);
        advance(Duration.ofSeconds(5));

        Message second = receiveHidden(0);

        assertThat(first.attributes()).containsEntry(APPROXIMATE_RECEIVE_COUNT, "1");
        assertThat(second.attributes())
                .containsEntry(APPROXIMATE_RECEIVE_COUNT, "2")
                .containsEntry(SENT_TIMESTAMP, first.attributes().get(SENT_TIMESTAMP));
    }

    @Test
    void firstReceiveTimestampIsThatOfTheFirstReceive() {
        send("m");
        advance(Duration.ofSeconds(5));
        Message first = receiveHidden(0);
        advance(Duration.ofSeconds(5));

        Message second = receiveHidden(0);

        String firstReceived = first.attributes().get(APPROXIMATE_FIRST_RECEIVE_TIMESTAMP);
        assertThat(second.attributes()).containsEntry(APPROXIMATE_FIRST_RECEIVE_TIMESTAMP, firstReceived);
        assertThat(Long.parseLong(firstReceived)
                        - Long.parseLong(first.attributes().get(SENT_TIMESTAMP)))
                .isGreaterThanOrEqualTo(5_000);
    }

    @Test
    void sentTimestampOfADelayedMessageIsWhenItWasSent() {
        sendDelayed("m", 60);
        advance(Duration.ofSeconds(60));

        Message message = receiveOne();

        assertThat(Long.parseLong(message.attributes().get(APPROXIMATE_FIRST_RECEIVE_TIMESTAMP))
                        - Long.parseLong(message.attributes().get(SENT_TIMESTAMP)))
                .isGreaterThanOrEqualTo(60_000);
    }

    @Test
    void traceHeaderArrives() {
        sendTraced("String", TRACE);

        assertThat(receiveOne().attributes()).containsEntry(AWS_TRACE_HEADER, TRACE);
    }

    @Test
    void traceHeaderHasAChecksumOfItsOwn() {
        SendMessageResponse answer = sendTraced("String", TRACE);

        assertThat(answer.md5OfMessageSystemAttributes())
                .isEqualTo(Md5.ofAttributes(Map.of("AWSTraceHeader", text("String", TRACE))));
        assertThat(answer.md5OfMessageAttributes()).isNull();
    }

    @Test
    void otherSystemAttributesCannotBeSent() {
        assertRefused(
                        "InvalidParameterValue",
                        () -> sqs.sendMessage(request -> request.queueUrl(queueUrl)
                                .messageBody("m")
                                .messageSystemAttributesWithStrings(Map.of("SenderId", value("String", "me")))))
                .contains("SenderId");
    }

    @Test
    void traceHeaderMustBeANonEmptyString() {
        assertRefused("InvalidParameterValue", () -> sendTraced("Number", "1"));
        assertRefused("InvalidParameterValue", () -> sendTraced("String", ""));
    }

    @Test
    void onlyTheAttributesAskedForAreReturned() {
        send("m");

        Message message = sqs.receiveMessage(request ->
                        request.queueUrl(queueUrl).messageSystemAttributeNames(SENDER_ID, APPROXIMATE_RECEIVE_COUNT))
                .messages()
                .getFirst();

        assertThat(message.attributes()).containsOnlyKeys(SENDER_ID, APPROXIMATE_RECEIVE_COUNT);
    }

    @Test
    void noNamesAskForNone() {
        send("m");

        Message message = sqs.receiveMessage(request -> request.queueUrl(queueUrl))
                .messages()
                .getFirst();

        assertThat(message.hasAttributes()).isFalse();
    }

    @Test
    @SuppressWarnings("deprecation") // AttributeNames is discontinued and still honoured.
    void discontinuedNameOfTheListIsHonoured() {
        send("m");

        Message message = sqs.receiveMessage(
                        request -> request.queueUrl(queueUrl).attributeNamesWithStrings("SentTimestamp"))
                .messages()
                .getFirst();

        assertThat(message.attributes()).containsOnlyKeys(SENT_TIMESTAMP);
    }

    @Test
    void messageThatWasNeverDeadHasNoSource() {
        send("m");

        assertThat(receiveOne().attributes())
                .doesNotContainKeys(
                        MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN,
                        MessageSystemAttributeName.SEQUENCE_NUMBER,
                        MessageSystemAttributeName.MESSAGE_GROUP_ID,
                        MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID,
                        AWS_TRACE_HEADER);
    }

    private SendMessageResponse sendTraced(String type, String header) {
        return sqs.sendMessage(request -> request.queueUrl(queueUrl)
                .messageBody("m")
                .messageSystemAttributesWithStrings(Map.of("AWSTraceHeader", value(type, header))));
    }

    @Test
    void namesAreFilteredAsThoseOfMessageAttributes() {
        for (String filter : List.of("Sent.*", "SentTimestamp.*", "S.*")) {
            send("m");
            assertThat(receiveAsking(filter)).contains("SentTimestamp").doesNotContain("ApproximateReceiveCount");
        }
        send("m");
        assertThat(receiveAsking(".*")).contains("SentTimestamp", "SenderId", "ApproximateReceiveCount");
    }

    @Test
    void unknownNameIsRefused() throws IOException {
        send("m");

        assertRefused("InvalidAttributeName", () -> receiveAsking("Foo")).isEqualTo("Unknown Attribute Foo.");
        assertThat(RawCall.send(
                                server(),
                                wire,
                                "ReceiveMessage",
                                "{\"QueueUrl\":\"" + queueUrl + "\",\"AttributeNames\":[\"senderid\"]}")
                        .message())
                .isEqualTo("Unknown Attribute senderid.");
        assertThat(inFlight()).isZero();
    }

    private Set<String> receiveAsking(String name) {
        return sqs.receiveMessage(request -> request.queueUrl(queueUrl).messageSystemAttributeNamesWithStrings(name))
                .messages()
                .getFirst()
                .attributesAsStrings()
                .keySet();
    }

    @Test
    void traceHeaderOfTheRequestIsTakenWhereTheMessageHasNone() {
        sqs.sendMessage(request -> request.queueUrl(queueUrl)
                .messageBody("m")
                .overrideConfiguration(http -> http.putHeader("X-Amzn-Trace-Id", TRACE)));
        sqs.sendMessageBatch(request -> request.queueUrl(queueUrl)
                .entries(entry("a", "n"))
                .overrideConfiguration(http -> http.putHeader("X-Amzn-Trace-Id", TRACE)));
        sqs.sendMessage(request -> request.queueUrl(queueUrl)
                .messageBody("own")
                .messageSystemAttributesWithStrings(Map.of("AWSTraceHeader", value("String", "Root=own")))
                .overrideConfiguration(http -> http.putHeader("X-Amzn-Trace-Id", TRACE)));

        assertThat(receive())
                .extracting(message -> message.attributes().get(AWS_TRACE_HEADER))
                .containsExactly(TRACE, TRACE, "Root=own");
    }

    private static MessageSystemAttributeValue value(String type, String text) {
        return MessageSystemAttributeValue.builder()
                .dataType(type)
                .stringValue(text)
                .build();
    }
}
