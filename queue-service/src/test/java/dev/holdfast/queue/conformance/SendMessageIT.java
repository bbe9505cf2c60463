package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

class SendMessageIT extends Conformance {

    @Test
    void answerHasTheMd5OfTheBody() {
        SendMessageResponse answer =
                sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody("hello"));

        assertThat(answer.md5OfMessageBody()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    }

    @Test
    void md5IsOverTheBodyInUtf8() {
        SendMessageResponse answer =
                sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody("ä€😀"));

        assertThat(answer.md5OfMessageBody()).isEqualTo(Md5.ofText("ä€😀"));
    }

    @Test
    void answerToAPlainMessageHasNoOtherChecksumAndNoSequenceNumber() {
        SendMessageResponse answer =
                sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody("hello"));

        assertThat(answer.md5OfMessageAttributes()).isNull();
        assertThat(answer.md5OfMessageSystemAttributes()).isNull();
        assertThat(answer.sequenceNumber()).isNull();
    }

    @Test
    void everyMessageHasAnIdOfItsOwn() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String id = send("same body");
            assertThat(UUID.fromString(id)).hasToString(id);
            ids.add(id);
        }

        assertThat(ids).hasSize(20);
    }

    @Test
    void messageIsReceivedUnderTheIdItWasSentWith() {
        String id = send("hello");

        assertThat(receiveOne().messageId()).isEqualTo(id);
    }

    @Test
    void bodyArrivesCharacterByCharacter() {
        String body = "Grüße, 世界 🎉 \t\r\n\r <b>&amp;\"'</b> ]]> \\u0041 %41 +&=;";
        send(body);

        assertThat(receiveOne().body()).isEqualTo(body);
    }

    @Test
    void leadingAndTrailingSpaceOfABodyIsKept() {
        send("\n  padded \n");

        assertThat(receiveOne().body()).isEqualTo("\n  padded \n");
    }

    @Test
    void everyAllowedEdgeOfUnicodeArrives() {
        String body = "\t\n\r \ud7ff\ue000\ufffd" + Character.toString(0x10000) + Character.toString(0x10FFFF);
        send(body);

        Message message = receiveOne();

        assertThat(message.body()).isEqualTo(body);
        assertThat(message.md5OfBody()).isEqualTo(Md5.ofText(body));
    }

    @Test
    void forbiddenCharactersAreRefused() {
        for (String body : List.of("\u0000", "bell \u0007", "\u001f", "\ufffe", "\uffff")) {
            assertRefused("InvalidMessageContents", () -> send(body))
                    .startsWith("Invalid binary character '#x")
                    .endsWith("' was found in the message body, the set of allowed characters is"
                            + " #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].");
        }
        assertThat(receive()).isEmpty();
    }

    @Test
    void bodyOfOneCharacterIsAccepted() {
        send("x");

        assertThat(bodies()).containsExactly("x");
    }

    @Test
    void emptyBodyIsRefused() {
        assertRefused("MissingParameter", () -> send(""))
                .isEqualTo("The request must contain the parameter MessageBody.");
    }

    @Test
    void missingBodyIsRefused() {
        assertRefused("MissingParameter", () -> sqs.sendMessage(request -> request.queueUrl(queueUrl)))
                .isEqualTo("The request must contain the parameter MessageBody.");
    }

    @Test
    void groupOfAMessageIsShown() {
        sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody("m").messageGroupId("tenant-1"));

        assertThat(receiveOne().attributes()).containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "tenant-1");
    }

    @Test
    void groupIdOf128OfTheAllowedCharactersIsAccepted() {
        String punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
        String group = punctuation + "a".repeat(128 - punctuation.length());
        sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody("m").messageGroupId(group));

        assertThat(receiveOne().attributes()).containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, group);
    }

    @Test
    void groupIdThatIsTooLongOrHasOtherCharactersIsRefused() {
        for (String group : List.of("a".repeat(129), "a b", "ä", "a\n")) {
            assertRefused(
                            "InvalidParameterValue",
                            () -> sqs.sendMessage(request ->
                                    request.queueUrl(queueUrl).messageBody("m").messageGroupId(group)))
                    .contains("MessageGroupId");
        }
    }
}
