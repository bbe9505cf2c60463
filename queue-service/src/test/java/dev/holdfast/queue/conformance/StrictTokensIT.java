package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.RawCall.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** Receipt handles, NextToken, task handles and binary values: one text for one meaning, and nothing that is nearly it. */
class StrictTokensIT extends Conformance {
    private static final String BASE_64_URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    @Test
    void handleWithALooseBitIsRefusedAndDeletesNothing() {
        send("m");
        Message message = receiveOne();

        for (String loose : nearly(message.receiptHandle())) {
            assertRefused(
                    "ReceiptHandleIsInvalid",
                    () -> sqs.deleteMessage(
                            request -> request.queueUrl(queueUrl).receiptHandle(loose)));
            assertRefused(
                    "ReceiptHandleIsInvalid",
                    () -> sqs.changeMessageVisibility(request ->
                            request.queueUrl(queueUrl).receiptHandle(loose).visibilityTimeout(0)));
            assertThat(sqs.deleteMessageBatch(request -> request.queueUrl(queueUrl)
                                    .entries(DeleteMessageBatchRequestEntry.builder()
                                            .id("a")
                                            .receiptHandle(loose)
                                            .build()))
                            .failed()
                            .getFirst()
                            .code())
                    .isEqualTo("ReceiptHandleIsInvalid");
            assertThat(sqs.changeMessageVisibilityBatch(request -> request.queueUrl(queueUrl)
                                    .entries(ChangeMessageVisibilityBatchRequestEntry.builder()
                                            .id("a")
                                            .receiptHandle(loose)
                                            .visibilityTimeout(0)
                                            .build()))
                            .failed()
                            .getFirst()
                            .code())
                    .isEqualTo("ReceiptHandleIsInvalid");
        }
        assertThat(inFlight()).isEqualTo(1);
    }

    @Test
    void nextTokenIsOneOfOurs() {
        String prefix = freshName();
        create(prefix + "-a", Map.of());
        create(prefix + "-b", Map.of());
        String token = sqs.listQueues(request -> request.queueNamePrefix(prefix).maxResults(1))
                .nextToken();

        List<String> wrong = nearly(token);
        wrong.add(Base64.getUrlEncoder().encodeToString("no name".getBytes(StandardCharsets.UTF_8)));
        wrong.add(Base64.getUrlEncoder().encodeToString(new byte[] {(byte) 0xFF}));
        for (String loose : wrong) {
            assertRefused(
                    "InvalidParameterValue",
                    () -> sqs.listQueues(request -> request.nextToken(loose).maxResults(1)));
            assertRefused(
                    "InvalidParameterValue",
                    () -> sqs.listDeadLetterSourceQueues(request ->
                            request.queueUrl(queueUrl).nextToken(loose).maxResults(1)));
        }
    }

    @Test
    void taskHandleIsReadStrictlyAndItsPartsLookedUp() {
        String arn = arn(queueUrl);
        String unknownTask = "{\"taskId\":\"10f57157-fc38-4da9-a113-4de7e12d05dd\",\"sourceArn\":\"" + arn + "\"}";

        assertCancel(encoded(unknownTask), "ResourceNotFoundException").isEqualTo("Task does not exist.");
        assertCancel(
                        encoded(unknownTask.replace("10f57157-fc38-4da9-a113-4de7e12d05dd", "1-1-1-1-1")),
                        "ResourceNotFoundException")
                .isEqualTo("Task does not exist.");
        for (String source : List.of(arn + "-gone", "arn:aws:sqs:us-east-1:000000000000:does-not-exist", "no ARN")) {
            assertCancel(encoded(unknownTask.replace(arn, source)), "ResourceNotFoundException")
                    .isEqualTo("The resource that you specified for the SourceArn parameter doesn't exist.");
        }
        for (String wrong :
                List.of("x", "", encoded("{}"), encoded("[]"), encoded("1"), encoded(""), encoded(unknownTask) + "=")) {
            assertCancel(wrong, "InvalidParameterValue").isEqualTo("Value for parameter TaskHandle is invalid.");
        }
    }

    @Test
    void binaryValueIsCanonicalBase64() throws IOException {
        for (String loose : List.of("QQ", "QR==", "QQ==QQ==", "Q-==", "Q Q=", "QQ==\\n")) {
            Answer answer = RawCall.send(
                    server(),
                    wire,
                    "SendMessage",
                    "{\"QueueUrl\":\"" + queueUrl
                            + "\",\"MessageBody\":\"m\",\"MessageAttributes\":{\"a\":{\"DataType\":\"Binary\",\"BinaryValue\":\""
                            + loose + "\"}}}");
            assertThat(answer.code()).as(loose).isEqualTo("MalformedInput");
        }
        assertThat(waiting()).isZero();
    }

    private AbstractStringAssert<?> assertCancel(String handle, String code) {
        return assertRefused(code, () -> sqs.cancelMessageMoveTask(request -> request.taskHandle(handle)));
    }

    private static String encoded(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Texts that a lenient decoder takes for this one. */
    private static List<String> nearly(String token) {
        List<String> nearly = new ArrayList<>();
        String bare = token.replace("=", "");
        String padding = token.substring(bare.length());
        int last = BASE_64_URL.indexOf(bare.charAt(bare.length() - 1));
        nearly.add(bare.substring(0, bare.length() - 1) + BASE_64_URL.charAt(last ^ 1) + padding);
        nearly.add(token + "=");
        nearly.add(padding.isEmpty() ? bare + "==" : bare);
        nearly.add(token + " ");
        nearly.add(token + "\n");
        nearly.add(" " + token);
        nearly.add(bare.charAt(0) + "\r\n" + token.substring(1));
        return nearly;
    }
}
