package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The path that LocalStack made known: what a receive would see, without receiving. */
class LookIT extends SharedServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/_aws/sqs/messages";

    @Test
    void lookingReceivesNothing() throws IOException {
        send(queueUrl, "a", "b");

        String first = get("?QueueUrl=" + queueUrl).body();
        String second = get("?QueueUrl=" + queueUrl).body();

        assertThat(first).contains("<ReceiveMessageResult><Message>").contains("<Body>a</Body>", "<Body>b</Body>");
        assertThat(second).contains("<Name>ApproximateReceiveCount</Name><Value>0</Value>");
        assertThat(attribute(queueUrl, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("2");
    }

    @Test
    void answerIsJsonForWhoAcceptsThat() throws IOException {
        send(queueUrl, "a", "b");

        JsonNode messages = json("?QueueUrl=" + queueUrl);

        assertThat(messages).hasSize(2);
        assertThat(messages.get(0).path("Body").asText()).isEqualTo("a");
        assertThat(messages.get(0).path("MD5OfBody").asText()).isEqualTo(Md5.ofText("a"));
        assertThat(messages.get(0).path("ReceiptHandle").asText()).isEqualTo("SQS/BACKDOOR/ACCESS");
        assertThat(attributeOf(messages.get(0), "SenderId")).isEqualTo(Conformance.ACCOUNT);
        assertThat(attributeOf(messages.get(0), "SentTimestamp")).hasSize(13);
    }

    @Test
    void singleMessageIsNoListInThatJson() throws IOException {
        send(queueUrl, "only");

        assertThat(json("?QueueUrl=" + queueUrl).path("Body").asText()).isEqualTo("only");
    }

    @Test
    void messagesInFlightAreShownWhenAskedFor() throws IOException {
        send(queueUrl, "taken", "a", "b");
        sqs.receiveMessage(request -> request.queueUrl(queueUrl));

        assertThat(json("?QueueUrl=" + queueUrl)).hasSize(2);
        JsonNode all = json("?ShowInvisible=True&QueueUrl=" + queueUrl);
        assertThat(all).hasSize(3);
        assertThat(attributeOf(all.get(0), "IsVisible")).isEqualTo("false");
        assertThat(attributeOf(all.get(1), "IsVisible")).isEqualTo("true");
        assertThat(attributeOf(all.get(0), "ApproximateReceiveCount")).isEqualTo("1");
    }

    @Test
    void delayedMessagesAreShownWhenAskedFor() throws IOException {
        send(queueUrl, "now", "too");
        sqs.sendMessage(
                request -> request.queueUrl(queueUrl).messageBody("later").delaySeconds(60));

        assertThat(json("?QueueUrl=" + queueUrl)).hasSize(2);
        assertThat(attributeOf(json("?ShowDelayed=true&QueueUrl=" + queueUrl).get(2), "IsDelayed"))
                .isEqualTo("true");
    }

    @Test
    void messagesBehindOneInFlightAreNotVisibleInAFifoQueue() throws IOException {
        String fifo = create(
                freshName() + ".fifo",
                Map.of(QueueAttributeName.FIFO_QUEUE, "true", QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));
        for (String body : new String[] {"g1-m1", "g1-m2", "g2-m1", "g2-m2"}) {
            sqs.sendMessage(request -> request.queueUrl(fifo).messageBody(body).messageGroupId(body.substring(0, 2)));
        }
        sqs.receiveMessage(request -> request.queueUrl(fifo));

        JsonNode visible = json("?QueueUrl=" + fifo);

        assertThat(visible).hasSize(2);
        assertThat(visible.get(0).path("Body").asText()).isEqualTo("g2-m1");
        assertThat(json("?ShowInvisible=true&QueueUrl=" + fifo)).hasSize(4);
    }

    @Test
    void formAndPathNameTheQueueToo() throws IOException {
        send(queueUrl, "m");
        String name = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);

        assertThat(get("/us-east-1/" + Conformance.ACCOUNT + "/" + name).body()).contains("<Body>m</Body>");
        assertThat(server().send(HttpRequest.newBuilder(server().url().resolve(PATH))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("Action=ReceiveMessage&QueueUrl=" + queueUrl))
                                .build())
                        .body())
                .contains("<Body>m</Body>");
    }

    @Test
    void requestInTheJsonProtocolIsAnsweredInIt() throws IOException {
        send(queueUrl, "m");

        HttpResponse<String> answer = server().send(
                        HttpRequest.newBuilder(server().url().resolve(PATH))
                                .header("Content-Type", "application/x-amz-json-1.0")
                                .header("X-Amz-Target", "AmazonSQS.ReceiveMessage")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"QueueUrl\":\"" + queueUrl + "\"}"))
                                .build());

        assertThat(JSON.readTree(answer.body()).at("/Messages/0/Body").asText()).isEqualTo("m");
    }

    @Test
    void queueThatIsNotNamedOrMissingIsRefused() throws IOException {
        HttpResponse<String> unnamed = getJson("");
        HttpResponse<String> missing = getJson("?QueueUrl=no-such-queue");

        for (HttpResponse<String> answer : List.of(unnamed, missing)) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(JSON.readTree(answer.body())
                            .at("/ErrorResponse/Error/Code")
                            .asText())
                    .isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
        }
    }

    @Test
    void otherActionsAreRefused() throws IOException {
        assertThat(get("?Action=PurgeQueue&QueueUrl=" + queueUrl).statusCode()).isEqualTo(400);
    }

    private void send(String url, String... bodies) {
        for (String body : bodies) {
            sqs.sendMessage(request -> request.queueUrl(url).messageBody(body));
        }
    }

    private static HttpResponse<String> get(String rest) throws IOException {
        return server().get(PATH + rest);
    }

    private static HttpResponse<String> getJson(String rest) throws IOException {
        return server().send(HttpRequest.newBuilder(server().url().resolve(PATH + rest))
                .header("Accept", "application/json")
                .build());
    }

    private static JsonNode json(String rest) throws IOException {
        return JSON.readTree(getJson(rest).body()).at("/ReceiveMessageResponse/ReceiveMessageResult/Message");
    }

    private static String attributeOf(JsonNode message, String name) {
        for (JsonNode attribute : message.path("Attribute")) {
            if (attribute.path("Name").asText().equals(name)) {
                return attribute.path("Value").asText();
            }
        }
        return "absent";
    }
}
