package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.RawCall.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Half a surrogate pair has no bytes: no text of a request may have it, since it would be stored as another text. */
class HalfCharactersIT extends Conformance {
    private static final String ATTRIBUTE = "\"%s\":{\"DataType\":\"%s\",\"StringValue\":\"%s\"}";

    /** As escapes of JSON; each wrong at another place. */
    private static final List<String> HALVES = List.of("x\\ud83d", "\\ude00x", "\\ude00\\ud83d", "a\\udbff b");

    @Test
    void bodyIsRefused() throws IOException {
        for (String half : HALVES) {
            Answer answer = call("SendMessage", "\"MessageBody\":\"" + half + "\"");

            // A form with such bytes is not UTF-8, and refused before anybody asks what is in it.
            assertThat(answer.code()).isEqualTo(wire == Wire.JSON ? "InvalidMessageContents" : "MalformedInput");
        }
        assertThat(waiting()).isZero();
    }

    @Test
    void bodyInABatchFailsAloneWhereItCanBeTold() throws IOException {
        for (String half : HALVES) {
            Answer answer = call(
                    "SendMessageBatch",
                    "\"Entries\":[{\"Id\":\"bad\",\"MessageBody\":\"" + half
                            + "\"},{\"Id\":\"good\",\"MessageBody\":\"m\"}]");
            if (wire == Wire.JSON) {
                assertThat(answer.body().at("/Failed/0/Code").asText()).isEqualTo("InvalidMessageContents");
                assertThat(answer.body().at("/Successful/0/Id").asText()).isEqualTo("good");
            } else {
                assertThat(answer.code()).isEqualTo("MalformedInput");
            }
        }
        assertThat(bodies()).allMatch("m"::equals).hasSize(wire == Wire.JSON ? HALVES.size() : 0);
    }

    @Test
    void everyOtherTextOfAMessageIsRefused() throws IOException {
        String fifo = create(freshName() + ".fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        for (String half : HALVES) {
            assertThat(call(
                                    "SendMessage",
                                    "\"MessageBody\":\"m\",\"MessageAttributes\":{"
                                            + ATTRIBUTE.formatted(half, "String", "v") + "}")
                            .code())
                    .isEqualTo("MalformedInput"); // No JSON name has one.
            refused(queueUrl, "\"MessageAttributes\":{" + ATTRIBUTE.formatted("n", "String." + half, "v") + "}");
            refused(queueUrl, "\"MessageAttributes\":{" + ATTRIBUTE.formatted("n", "String", half) + "}");
            refused(
                    queueUrl,
                    "\"MessageSystemAttributes\":{" + ATTRIBUTE.formatted("AWSTraceHeader", "String", half) + "}");
            refused(queueUrl, "\"MessageGroupId\":\"" + half + "\"");
            refused(fifo, "\"MessageDeduplicationId\":\"d\",\"MessageGroupId\":\"" + half + "\"");
            refused(fifo, "\"MessageGroupId\":\"g\",\"MessageDeduplicationId\":\"" + half + "\"");
        }
        assertThat(waiting()).isZero();
        assertThat(attribute(fifo, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("0");
    }

    @Test
    void everyTextOfAQueueIsRefused() throws IOException {
        for (String half : HALVES) {
            assertThat(call("TagQueue", "\"Tags\":{\"" + half + "\":\"v\"}").status())
                    .isEqualTo(400);
            assertThat(call("TagQueue", "\"Tags\":{\"k\":\"" + half + "\"}").status())
                    .isEqualTo(400);
            assertThat(call("SetQueueAttributes", "\"Attributes\":{\"KmsMasterKeyId\":\"" + half + "\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(call(
                                    "AddPermission",
                                    "\"Actions\":[\"*\"],\"AWSAccountIds\":[\"111111111111\"],\"Label\":\"" + half
                                            + "\"")
                            .status())
                    .isEqualTo(400);
            // Escaped once more, so that it is the JSON inside that has the half character.
            assertThat(call(
                                    "SetQueueAttributes",
                                    "\"Attributes\":{\"Policy\":\"" + policy(half.replace("\\", "\\\\")) + "\"}")
                            .status())
                    .isEqualTo(400);
        }
        assertThat(attribute(QueueAttributeName.POLICY)).isEqualTo("absent");
        assertThat(sqs.listQueueTags(request -> request.queueUrl(queueUrl)).tags())
                .isEmpty();
    }

    @Test
    void wholeCharactersBeyondTheBasicPlaneAreAccepted() throws IOException {
        assertThat(call("SendMessage", "\"MessageBody\":\"\\ud83d\\ude00?\"").status())
                .isEqualTo(200);

        assertThat(bodies()).containsExactly("\ud83d\ude00?");
    }

    private static String policy(String sid) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Sid\":\"%s\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}}"
                .formatted(sid)
                .replace("\"", "\\\"");
    }

    private void refused(String url, String member) throws IOException {
        Answer answer = RawCall.send(
                server(), wire, "SendMessage", "{\"QueueUrl\":\"" + url + "\",\"MessageBody\":\"m\"," + member + "}");
        assertThat(answer.code()).as(member).isEqualTo(wire == Wire.JSON ? "InvalidParameterValue" : "MalformedInput");
    }

    private Answer call(String action, String members) throws IOException {
        return RawCall.send(server(), wire, action, "{\"QueueUrl\":\"" + queueUrl + "\"," + members + "}");
    }
}
