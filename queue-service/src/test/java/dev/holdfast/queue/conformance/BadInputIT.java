package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What no SDK would send: always a modelled refusal with a sentence, never a 5xx, and the server goes on. */
class BadInputIT extends SharedServer {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A well-formed request of every action; "URL" stands for the queue's. */
    private static final Map<String, String> REQUESTS = Map.ofEntries(
            Map.entry("CreateQueue", "{\"QueueName\":\"x\",\"Attributes\":{\"DelaySeconds\":\"1\"}}"),
            Map.entry("GetQueueUrl", "{\"QueueName\":\"x\"}"),
            Map.entry("ListQueues", "{\"QueueNamePrefix\":\"x\",\"MaxResults\":5}"),
            Map.entry("DeleteQueue", "{\"QueueUrl\":\"URL\"}"),
            Map.entry("PurgeQueue", "{\"QueueUrl\":\"URL\"}"),
            Map.entry("GetQueueAttributes", "{\"QueueUrl\":\"URL\",\"AttributeNames\":[\"All\"]}"),
            Map.entry("SetQueueAttributes", "{\"QueueUrl\":\"URL\",\"Attributes\":{\"DelaySeconds\":\"1\"}}"),
            Map.entry(
                    "SendMessage",
                    "{\"QueueUrl\":\"URL\",\"MessageBody\":\"x\",\"DelaySeconds\":0,\"MessageAttributes\":{\"a\":{\"DataType\":\"String\",\"StringValue\":\"y\"}}}"),
            Map.entry("SendMessageBatch", "{\"QueueUrl\":\"URL\",\"Entries\":[{\"Id\":\"a\",\"MessageBody\":\"x\"}]}"),
            Map.entry(
                    "ReceiveMessage",
                    "{\"QueueUrl\":\"URL\",\"MaxNumberOfMessages\":1,\"WaitTimeSeconds\":0,\"MessageAttributeNames\":[\"All\"]}"),
            Map.entry("DeleteMessage", "{\"QueueUrl\":\"URL\",\"ReceiptHandle\":\"x\"}"),
            Map.entry(
                    "DeleteMessageBatch",
                    "{\"QueueUrl\":\"URL\",\"Entries\":[{\"Id\":\"a\",\"ReceiptHandle\":\"x\"}]}"),
            Map.entry(
                    "ChangeMessageVisibility",
                    "{\"QueueUrl\":\"URL\",\"ReceiptHandle\":\"x\",\"VisibilityTimeout\":1}"),
            Map.entry(
                    "ChangeMessageVisibilityBatch",
                    "{\"QueueUrl\":\"URL\",\"Entries\":[{\"Id\":\"a\",\"ReceiptHandle\":\"x\",\"VisibilityTimeout\":1}]}"));

    private static final List<String> WRONG_VALUES = List.of(
            "null",
            "true",
            "-1",
            "1.5",
            "99999999999999999999",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "[]",
            "[[[[]]]]",
            "{}",
            "{\"a\":{\"b\":{}}}",
            "[null]",
            "[1]");

    @TestFactory
    Stream<DynamicTest> everyMemberWithEveryWrongValue() {
        return REQUESTS.entrySet().stream()
                .map(request ->
                        DynamicTest.dynamicTest(request.getKey(), () -> distort(request.getKey(), request.getValue())));
    }

    private void distort(String action, String template) throws IOException {
        ObjectNode good = (ObjectNode) JSON.readTree(template.replace("URL", queueUrl));
        List<String> bodies = new ArrayList<>();
        good.fieldNames().forEachRemaining(member -> {
            ObjectNode without = good.deepCopy();
            without.remove(member);
            bodies.add(without.toString());
            for (String wrong : WRONG_VALUES) {
                ObjectNode distorted = good.deepCopy();
                distorted.putRawValue(member, new com.fasterxml.jackson.databind.util.RawValue(wrong));
                bodies.add(distorted.toString());
            }
        });
        for (String body : bodies) {
            HttpResponse<String> answer = post("AmazonSQS." + action, body);
            assertThat(answer.statusCode())
                    .as("%s %s -> %s", action, body, answer.body())
                    .isLessThan(500);
            if (answer.statusCode() >= 400) {
                requireModelled(answer, body);
            }
        }
    }

    @Test
    void requestsThatAreNoRequestsAreRefusedInTheProtocolsShape() throws IOException {
        List<String> bodies = List.of(
                "",
                "{",
                "[]",
                "null",
                "\"text\"",
                "{}{}",
                "{\"QueueUrl\":\"a\",\"QueueUrl\":\"b\"}",
                "[".repeat(100_000),
                "{\"a\":".repeat(5_000));
        for (String body : bodies) {
            HttpResponse<String> answer = post("AmazonSQS.SendMessage", body);
            assertThat(answer.statusCode())
                    .as(body.substring(0, Math.min(30, body.length())))
                    .isBetween(400, 499);
            requireModelled(answer, "body");
        }
        requireModelled(post("AmazonSQS.NoSuchAction", "{}"), "unknown action");
        requireModelled(post("Nonsense", "{}"), "unknown target");
        assertThat(post("AmazonSQS.NoSuchAction", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void bodyOverTheServersLimitIsRefused() throws IOException {
        HttpResponse<String> answer = post(
                "AmazonSQS.SendMessage",
                "{\"QueueUrl\":\"" + queueUrl + "\",\"MessageBody\":\"" + "x".repeat(9 << 20) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void serverGoesOnAfterAllOfIt() {
        sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody("still here"));

        assertThat(sqs.receiveMessage(request -> request.queueUrl(queueUrl)).messages())
                .hasSize(1);
        assertThat(server().isAlive()).isTrue();
    }

    private static void requireModelled(HttpResponse<String> answer, String what) throws IOException {
        JsonNode error = JSON.readTree(answer.body());
        assertThat(error.path("__type").asText()).as(what).startsWith("com.amazon");
        assertThat(error.path("message").asText()).as(what).isNotBlank();
        assertThat(answer.headers().firstValue("x-amzn-query-error")).as(what).isPresent();
        assertThat(answer.headers().firstValue("x-amzn-requestid")).as(what).isPresent();
        assertThat(answer.headers().firstValue("content-type")).as(what).hasValue("application/x-amz-json-1.0");
    }

    private static HttpResponse<String> post(String target, String body) throws IOException {
        return server().send(HttpRequest.newBuilder(server().url())
                .header("X-Amz-Target", target)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
