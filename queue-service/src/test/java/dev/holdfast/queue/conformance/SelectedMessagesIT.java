package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The operator's API: turning the pages of a queue, and what is done with messages of a page. */
class SelectedMessagesIT extends SharedServer {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void pagesAreTurnedForwardsAndBackwards() throws IOException {
        send(queueUrl, "a", "b", "c", "d", "e");

        JsonNode first = look(queueUrl, "?limit=2");
        JsonNode second = look(queueUrl, "?limit=2&after=" + first.path("next").asText());
        JsonNode third = look(queueUrl, "?limit=2&after=" + second.path("next").asText());
        JsonNode back =
                look(queueUrl, "?limit=2&before=" + third.path("previous").asText());
        JsonNode start =
                look(queueUrl, "?limit=2&before=" + back.path("previous").asText());

        assertThat(bodies(first)).containsExactly("a", "b");
        assertThat(first.path("previous").isNull()).isTrue();
        assertThat(bodies(second)).containsExactly("c", "d");
        assertThat(bodies(third)).containsExactly("e");
        assertThat(third.path("next").isNull()).isTrue();
        assertThat(bodies(back)).containsExactly("c", "d");
        assertThat(bodies(start)).containsExactly("a", "b");
        assertThat(start.path("previous").isNull()).isTrue();
        assertThat(bodies(look(queueUrl, "?limit=2&after=" + start.path("next").asText())))
                .containsExactly("c", "d");
    }

    @Test
    void searchFindsBodiesAttributesAndIdsInEitherCase() throws IOException {
        send(queueUrl, "an Order of tea", "coffee");
        String withAttribute = sqs.sendMessage(request -> request.queueUrl(queueUrl)
                        .messageBody("water")
                        .messageAttributes(Map.of(
                                "source",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("Till 7")
                                        .build())))
                .messageId();

        assertThat(bodies(look(queueUrl, "?search=order"))).containsExactly("an Order of tea");
        assertThat(bodies(look(queueUrl, "?search=" + encoded("till 7")))).containsExactly("water");
        assertThat(bodies(look(queueUrl, "?search=" + withAttribute.substring(0, 13))))
                .containsExactly("water");
        assertThat(bodies(look(queueUrl, "?search=tea&limit=1"))).containsExactly("an Order of tea");
        assertThat(bodies(look(queueUrl, "?search=absent"))).isEmpty();
    }

    @Test
    void searchThroughALongQueueGoesOnWhereItEnded() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            sendBatch("x".repeat(10_000), 10);
        }
        send(queueUrl, "needle");

        JsonNode first = look(queueUrl, "?search=needle&body=false");
        List<String> found = bodies(first);
        JsonNode page = first;
        while (!page.path("next").isNull()) {
            page = look(queueUrl, "?search=needle&after=" + page.path("next").asText());
            found.addAll(bodies(page));
        }

        assertThat(first.path("messages")).as("the first look ends before it").isEmpty();
        assertThat(first.path("next").isNull()).isFalse();
        assertThat(found).containsExactly("needle");
    }

    @Test
    void deletedMessagesLeaveTheQueueFromAnyPlaceInAnyState() throws IOException {
        send(queueUrl, "flying", "returned");
        receive(queueUrl, 600);
        receive(queueUrl, 0);
        send(queueUrl, "waiting", "stays", "too");
        sqs.sendMessage(
                request -> request.queueUrl(queueUrl).messageBody("later").delaySeconds(60));
        JsonNode page = look(queueUrl, "");
        List<String> keys = keys(page, "flying", "returned", "waiting", "later");

        JsonNode answer = post(queueUrl, "delete", keys, "");
        JsonNode again = post(queueUrl, "delete", keys, "");

        assertThat(answer.path("done")).hasSize(4);
        assertThat(answer.path("gone").asInt()).isZero();
        assertThat(again.path("done")).isEmpty();
        assertThat(again.path("gone").asInt()).isEqualTo(4);
        assertThat(bodies(look(queueUrl, ""))).containsExactly("stays", "too");
        JsonNode ledger = ledger(queueUrl);
        assertThat(ledger.at("/ledger/deleted").asInt()).isEqualTo(4);
        assertThat(ledger.path("balanced").asBoolean()).isTrue();
        assertThat(ledger.path("inFlight").asInt()).isZero();
        advance(Duration.ofSeconds(700));
        assertThat(receive(queueUrl, 0).stream().map(Message::body)).containsExactly("stays");
    }

    @Test
    void deletedFirstMessageOfAGroupLetsTheNextOneThrough() throws IOException {
        String fifo = fifo();
        for (String body : List.of("1", "2", "3")) {
            sqs.sendMessage(request -> request.queueUrl(fifo).messageBody(body).messageGroupId("g"));
        }
        receive(fifo, 600);
        assertThat(receive(fifo, 600)).isEmpty();

        post(fifo, "delete", keys(look(fifo, ""), "1", "2"), "");

        assertThat(receive(fifo, 600).stream().map(Message::body)).containsExactly("3");
        assertThat(ledger(fifo).path("balanced").asBoolean()).isTrue();
    }

    @Test
    void keysOfAnotherQueueOrOfADeletedOneTouchNothing() throws IOException {
        String name = name(queueUrl);
        send(queueUrl, "old");
        List<String> old = keys(look(queueUrl, ""), "old");
        sqs.deleteQueue(request -> request.queueUrl(queueUrl));
        String again = create(name, Map.of());
        send(again, "new");

        JsonNode answer = post(again, "delete", old, "");

        assertThat(answer.path("gone").asInt()).isEqualTo(1);
        assertThat(bodies(look(again, ""))).containsExactly("new");
    }

    @Test
    void movedMessagesAreNewOnesElsewhereAndOnesInFlightStay() throws IOException {
        String target = create(Map.of());
        send(queueUrl, "flying");
        receive(queueUrl, 600);
        send(queueUrl, "a", "b");

        JsonNode answer = post(queueUrl, "move", keys(look(queueUrl, ""), "flying", "a"), "&to=" + name(target));

        assertThat(answer.path("done")).hasSize(1);
        assertThat(answer.path("inFlight")).hasSize(1);
        assertThat(bodies(look(queueUrl, ""))).containsExactly("flying", "b");
        assertThat(ledger(queueUrl).at("/ledger/movedOut").asInt()).isEqualTo(1);
        assertThat(ledger(target).at("/ledger/movedIn").asInt()).isEqualTo(1);
        assertThat(ledger(queueUrl).path("balanced").asBoolean()).isTrue();
        assertThat(receive(target, 0).stream().map(Message::body)).containsExactly("a");
    }

    @Test
    void deadLetterGoesBackWhereItCameFromAndOthersStay() throws IOException {
        String dead = create(Map.of());
        String source = create(Map.of(QueueAttributeName.REDRIVE_POLICY, Conformance.redrivePolicy(arn(dead), 1)));
        send(source, "letter");
        receive(source, 1);
        advance(Duration.ofSeconds(2));
        send(dead, "sent here");

        JsonNode answer = post(dead, "move", keys(look(dead, ""), "letter", "sent here"), "");

        assertThat(answer.path("done")).hasSize(1);
        assertThat(answer.path("withoutDestination")).hasSize(1);
        assertThat(bodies(look(source, ""))).containsExactly("letter");
        assertThat(look(source, "").at("/messages/0/receiveCount").asInt()).isZero();
        assertThat(bodies(look(dead, ""))).containsExactly("sent here");
    }

    @Test
    void messageSentAgainIsANewOneAlsoInAFifoQueue() throws IOException {
        String fifo = fifo();
        sqs.sendMessage(request -> request.queueUrl(fifo).messageBody("once").messageGroupId("g"));

        JsonNode answer = post(fifo, "send-again", keys(look(fifo, ""), "once"), "");

        JsonNode page = look(fifo, "");
        assertThat(answer.path("done")).hasSize(1);
        assertThat(bodies(page)).containsExactly("once", "once");
        assertThat(page.at("/messages/0/messageId")).isNotEqualTo(page.at("/messages/1/messageId"));
        assertThat(page.at("/messages/1/messageGroupId").asText()).isEqualTo("g");
        assertThat(page.at("/messages/0/sequenceNumber").asText()).hasSize(20);
        assertThat(page.at("/messages/1/sequenceNumber").asText())
                .isGreaterThan(page.at("/messages/0/sequenceNumber").asText());
        assertThat(ledger(fifo).at("/ledger/sent").asInt()).isEqualTo(2);
    }

    @Test
    void aWaitingPollIsServedByAMoveAndByASendAgain() throws IOException {
        String target = create(Map.of());
        send(queueUrl, "m");
        var poll = Conformance.inBackground(
                () -> sqs.receiveMessage(request -> request.queueUrl(target).waitTimeSeconds(20))
                        .messages());
        Conformance.awaitParked(1);

        post(queueUrl, "move", keys(look(queueUrl, ""), "m"), "&to=" + name(target));

        assertThat(poll.orTimeout(10, TimeUnit.SECONDS).join()).hasSize(1);
    }

    @Test
    void badRequestsAreRefusedInASentence() throws IOException {
        String name = name(queueUrl);
        String key = "?key=1099511627777";
        for (var each : Map.of(
                        "/delete",
                        400,
                        "/delete?key=x",
                        400,
                        "/delete?key=1" + "&key=2".repeat(100),
                        400,
                        "/move" + key + "&to=" + name,
                        400,
                        "/move" + key + "&to=" + name(fifo()),
                        400,
                        "/move" + key + "&to=nowhere",
                        404)
                .entrySet()) {
            HttpResponse<String> answer = send("/_holdfast/queues/" + name + "/messages" + each.getKey());
            assertThat(answer.statusCode()).as(each.getKey()).isEqualTo(each.getValue());
            assertThat(JSON.readTree(answer.body()).path("detail").asText())
                    .as(each.getKey())
                    .isNotEmpty();
        }
        assertThat(send("/_holdfast/queues/nowhere/messages/delete" + key).statusCode())
                .isEqualTo(404);
        assertThat(server().get("/_holdfast/queues/" + name + "/messages?before=x")
                        .statusCode())
                .isEqualTo(400);
    }

    private void send(String url, String... bodies) {
        for (String body : bodies) {
            sqs.sendMessage(request -> request.queueUrl(url).messageBody(body));
        }
    }

    private void sendBatch(String body, int count) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(Conformance.entry("i" + i, body));
        }
        sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
    }

    private List<Message> receive(String url, int hiddenSeconds) {
        return sqs.receiveMessage(request -> request.queueUrl(url).visibilityTimeout(hiddenSeconds))
                .messages();
    }

    private String fifo() {
        return create(
                freshName() + ".fifo",
                Map.of(QueueAttributeName.FIFO_QUEUE, "true", QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));
    }

    private static String name(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static JsonNode look(String url, String query) throws IOException {
        HttpResponse<String> answer = server().get("/_holdfast/queues/" + name(url) + "/messages" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode ledger(String url) throws IOException {
        return JSON.readTree(server().get("/_holdfast/queues/" + name(url) + "/ledger?audit=true")
                .body());
    }

    private static JsonNode post(String url, String action, List<String> keys, String more) throws IOException {
        HttpResponse<String> answer = send(
                "/_holdfast/queues/" + name(url) + "/messages/" + action + "?key=" + String.join("&key=", keys) + more);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> send(String path) throws IOException {
        return server().send(HttpRequest.newBuilder(server().url().resolve(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private static List<String> bodies(JsonNode page) {
        List<String> bodies = new ArrayList<>();
        page.path("messages").forEach(message -> bodies.add(message.path("body").asText()));
        return bodies;
    }

    private static List<String> keys(JsonNode page, String... bodies) {
        List<String> keys = new ArrayList<>();
        for (JsonNode message : page.path("messages")) {
            if (List.of(bodies).contains(message.path("body").asText())) {
                keys.add(message.path("key").asText());
            }
        }
        assertThat(keys).hasSize(bodies.length);
        return keys;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
