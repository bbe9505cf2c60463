package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A number in a text is made of ASCII digits; a text is not a number in JSON. */
class NumbersIT extends Conformance {
    /** Five in Arabic, Devanagari and full-width digits, and in forms that some readers of numbers take. */
    private static final List<String> NOT_FIVE = List.of(
            "\u0665", "\u096b", "\uff15", "+5", " 5", "5 ", "5.0", "0x5", "5e0", "5L", "", "--5", "9".repeat(40));

    private static final List<QueueAttributeName> NUMBERS = List.of(
            QueueAttributeName.DELAY_SECONDS,
            QueueAttributeName.MAXIMUM_MESSAGE_SIZE,
            QueueAttributeName.MESSAGE_RETENTION_PERIOD,
            QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS,
            QueueAttributeName.VISIBILITY_TIMEOUT,
            QueueAttributeName.KMS_DATA_KEY_REUSE_PERIOD_SECONDS);

    @Test
    void attributesOfAQueueAreAsciiDigits() {
        for (QueueAttributeName name : NUMBERS) {
            for (String value : NOT_FIVE) {
                assertRefused("InvalidAttributeValue", () -> set(name, value));
                assertRefused("InvalidAttributeValue", () -> create(Map.of(name, value)));
            }
        }
    }

    @Test
    void receiveCountOfARedrivePolicyIsAsciiDigits() {
        String deadLetters = arn(create(Map.of()));
        for (String value : NOT_FIVE) {
            assertRefused(
                    "InvalidParameterValue",
                    () -> set(
                            QueueAttributeName.REDRIVE_POLICY,
                            "{\"deadLetterTargetArn\":\"" + deadLetters + "\",\"maxReceiveCount\":\"" + value + "\"}"));
        }
    }

    @Test
    void everyIntegerOfEveryActionIsANumber() throws IOException {
        String handle = "\"ReceiptHandle\":\"" + handle() + "\"";
        for (String text : NOT_FIVE) {
            refused("SendMessage", "\"MessageBody\":\"m\",\"DelaySeconds\":", text, "");
            refused("ReceiveMessage", "\"MaxNumberOfMessages\":", text, "");
            refused("ReceiveMessage", "\"VisibilityTimeout\":", text, "");
            refused("ReceiveMessage", "\"WaitTimeSeconds\":", text, "");
            refused("ChangeMessageVisibility", handle + ",\"VisibilityTimeout\":", text, "");
            refused("ListDeadLetterSourceQueues", "\"MaxResults\":", text, "");
            refused(
                    "SendMessageBatch",
                    "\"Entries\":[{\"Id\":\"a\",\"MessageBody\":\"m\",\"DelaySeconds\":",
                    text,
                    "}]");
            refused(
                    "ChangeMessageVisibilityBatch",
                    "\"Entries\":[{\"Id\":\"a\"," + handle + ",\"VisibilityTimeout\":",
                    text,
                    "}]");
        }
        assertThat(waiting()).isZero();
        assertThat(inFlight()).isEqualTo(1);
    }

    private String handle() {
        send("m");
        return receiveOne().receiptHandle();
    }

    private void refused(String action, String before, String text, String after) throws IOException {
        RawCall.Answer answer = RawCall.send(
                server(),
                wire,
                action,
                "{\"QueueUrl\":\"" + queueUrl + "\"," + before + "\"" + text + "\"" + after + "}");
        assertThat(answer.code()).as(action + " " + text).isEqualTo("MalformedInput");
        assertThat(answer.message()).isEqualTo("STRING_VALUE can not be converted to an Integer");
    }
}
