package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.endtoend.pipeline.Pipeline;
import dev.holdfast.harness.Deadline;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Web;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The console over HTTP, as a browser without JavaScript and its scripts see it, on a real queue-service. */
class DashboardConsoleIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a shell, the CLI and JSON each read in their own way. */
    private static final String AWKWARD = "it's \"a\" \\ $HOME `id`\n{\"ä\": [1, 2]} é";

    @TempDir
    static Path home;

    private static Pipeline pipeline;
    private static Web dashboard;
    private static SqsClient sqs;

    private String queue;
    private String url;

    @BeforeAll
    static void start() {
        pipeline = new Pipeline(home);
        pipeline.start(Service.QUEUE, Service.DASHBOARD);
        dashboard = pipeline.web(Service.DASHBOARD);
        sqs = pipeline.sqs();
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @BeforeEach
    void createQueue() {
        queue = "q-" + UUID.randomUUID();
        url = create(queue, Map.of());
    }

    @Test
    void everyQueueIsFoundByPageByNameAndByWhatItHolds() {
        String group = "list-" + UUID.randomUUID().toString().substring(0, 8);
        for (int i = 0; i < 120; i++) {
            create(String.format("%s-%03d", group, i), Map.of());
        }
        send(create(group + "-full", Map.of()), "a", "b", "c");

        String first = list("/queues?filter=" + group);
        String third = list("/queues?filter=" + group + "&page=3");
        String fullest = list("/queues?filter=" + group + "&sort=waiting&order=desc");

        assertThat(first)
                .contains(group + "-000", group + "-049", "1–50 of 121 queues")
                .doesNotContain(group + "-050");
        assertThat(third).contains(group + "-100", group + "-full", "101–121 of 121 queues");
        assertThat(fullest.indexOf(group + "-full")).isPositive().isLessThan(fullest.indexOf(group + "-000"));
        assertThat(page("/queues?filter=" + group.toUpperCase(Locale.ROOT) + "-FULL"))
                .contains("1–1 of 1 queue");
        assertThat(page("/queues?page=999999")).contains("</table>");
    }

    @Test
    void deadLettersAreWarnedOf() {
        String letters = queue + "-dead";
        send(create(letters, Map.of()), "letter");
        assertThat(page("/queues?filter=" + letters)).doesNotContain("1 dead letter");

        create(queue + "-source", Map.of(QueueAttributeName.REDRIVE_POLICY, redriveTo(letters)));

        await("the warning").until(() -> page("/queues?filter=" + letters).contains("1 dead letter"));
        assertThat(list("/queues?filter=" + queue + "&warned=true"))
                .contains(letters, "1–1 of 1 queue")
                .doesNotContain(queue + "-source</a>");
    }

    @Test
    void aQueuesPageHasItsMessagesPageByPage() {
        for (int i = 0; i < 120; i++) {
            send(url, String.format("message %03d", i));
        }

        String first = page("/queues/" + queue);
        String second = page(link(first, "next"));
        String third = page(link(second, "next"));
        String back = page(link(third, "prev"));

        assertThat(first).contains("message 000", "message 049").doesNotContain("message 050", "rel=\"prev\"");
        assertThat(second).contains("message 050", "message 099");
        assertThat(third).contains("message 119").doesNotContain("rel=\"next\"");
        assertThat(back).contains("message 050", "message 099").doesNotContain("message 100");
        assertThat(first).containsPattern("20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        assertThat(page("/queues/" + queue + "?search=MESSAGE%20077"))
                .contains("message 077")
                .doesNotContain("message 078");
        assertThat(page("/queues/" + queue + "?state=delayed")).contains("No message here is like that");
    }

    @Test
    void aFifoQueueShowsGroupDeduplicationIdAndSequence() {
        String fifo = create(queue + ".fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        String sequence = sqs.sendMessage(r -> r.queueUrl(fifo)
                        .messageBody("m")
                        .messageGroupId("my-group")
                        .messageDeduplicationId("my-id"))
                .sequenceNumber();

        assertThat(page("/queues/" + queue + ".fifo")).contains("my-group", "my-id", sequence);
    }

    @Test
    void selectedMessagesAreDeletedMovedAndSentAgain() {
        String other = queue + "-other";
        create(other, Map.of());
        send(url, "delete me", "move me", "repeat me", "stay");

        JsonNode deleted = act("delete", keys("delete me"), "");
        JsonNode moved = act("move", keys("move me"), ",\"to\":\"" + other + "\"");
        JsonNode repeated = act("send-again", keys("repeat me"), "");

        assertThat(deleted.path("message").asText()).isEqualTo("Deleted 1 message.");
        assertThat(moved.path("message").asText()).isEqualTo("Moved 1 message.");
        assertThat(repeated.path("message").asText()).isEqualTo("Sent again 1 message.");
        assertThat(bodies(queue)).containsExactly("repeat me", "stay", "repeat me");
        assertThat(bodies(other)).containsExactly("move me");
        JsonNode ledger = pipeline.web(Service.QUEUE).getJson("/_holdfast/queues/" + queue + "/ledger?audit=true");
        assertThat(ledger.at("/ledger/deleted").asInt()).isEqualTo(1);
        assertThat(ledger.at("/ledger/movedOut").asInt()).isEqualTo(1);
        assertThat(ledger.path("balanced").asBoolean()).isTrue();
        assertThat(act("delete", List.of("1099511627777000"), "")
                        .path("message")
                        .asText())
                .isEqualTo("Deleted 0 messages; 1 was not in the queue any more.");
    }

    /** What a person deletes is no loss, and the proof says by which door it left. */
    @Test
    void theProofKnowsWhatWasDeletedByHand() {
        String main = create("price-events", Map.of());
        create("price-events-dlq", Map.of());
        send(main, "a", "b");
        String keys = String.join("\",\"", keysOf("price-events"));

        dashboard.postJson("/api/queues/price-events/selected/delete", "{\"keys\":[\"" + keys + "\"]}");

        await("the proof counts them")
                .until(() ->
                        dashboard.getJson("/api/proof").path("deletedByHand").asInt() == 2);
    }

    @Test
    void messagesComeAsJsonLinesWithWholeBodies() throws IOException {
        String large = "x".repeat(200_000);
        send(url, "small", large, "other");

        HttpResponse<String> all = dashboard.get("/api/queues/" + queue + "/lines");
        HttpResponse<String> some = dashboard.get(
                "/api/queues/" + queue + "/lines?key=" + keys("other").getFirst());

        assertThat(all.headers().firstValue("Content-Disposition").orElse("")).contains(queue + ".jsonl");
        List<String> lines = all.body().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(JSON.readTree(lines.get(1)).path("body").asText()).isEqualTo(large);
        assertThat(some.body().lines()).hasSize(1);
        assertThat(JSON.readTree(some.body()).path("body").asText()).isEqualTo("other");
        assertThat(page("/queues/" + queue)).as("a page has its beginning only").hasSizeLessThan(60_000);
    }

    @Test
    void aDeduplicatedSendAndACreationOfWhatExistsSaySo() {
        String fifo = queue + ".fifo";
        String creation = "{\"name\":\"" + fifo + "\",\"attributes\":{\"FifoQueue\":\"true\"}}";
        String message = "{\"body\":\"m\",\"groupId\":\"g\",\"deduplicationId\":\"d\"}";

        assertThat(said("/api/queues", creation)).startsWith("Created " + fifo);
        assertThat(said("/api/queues", creation)).contains("exists already");
        assertThat(said("/api/queues/" + fifo + "/send", message)).startsWith("Sent as");
        assertThat(said("/api/queues/" + fifo + "/send", message)).startsWith("Not sent again: it repeats");
    }

    @Test
    void aQueueThatIsGoneHasAPageThatSaysSo() {
        sqs.deleteQueue(r -> r.queueUrl(url));

        assertThat(page("/queues/" + queue)).contains("There is no queue " + queue, "href=\"/queues\"");
        assertThat(dashboard
                        .post("/api/queues/" + queue + "/selected/delete", "{\"keys\":[\"1\"]}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void everyQueueHasAHistory() {
        send(url, "a", "b", "c");

        await("the depth is kept").until(() -> {
            JsonNode waiting = dashboard
                    .getJson("/api/queues/" + queue + "/history?range=5m")
                    .at("/columns/waiting");
            return !waiting.isEmpty() && waiting.get(waiting.size() - 1).asInt() == 3;
        });
    }

    @Test
    void everyCallThatCanBeCopiedRunsAsItIs() throws IOException {
        String dead = queue + "-dead";
        create(dead, Map.of());
        String made = queue + "-made";
        String redrive = JSON.writeValueAsString(redriveTo(dead));
        String creation = "{\"name\":\"" + made
                + "\",\"tags\":{\"team\":\"a b/c\"},\"attributes\":{\"DelaySeconds\":\"0\",\"RedrivePolicy\":"
                + redrive + "}}";
        String api = "/api/queues/" + made;

        run(call(dashboard.postJson("/api/queues", creation)));
        run(put(api + "/attributes", "{\"VisibilityTimeout\":\"77\"}"));
        run(put(api + "/tags", "{\"other\":\"a b\"}"));
        for (String body : List.of(AWKWARD, "file:///etc/hostname", "http://localhost:1/x", "-1")) {
            run(call(dashboard.postJson(
                    api + "/send",
                    "{\"body\":" + JSON.writeValueAsString(body)
                            + ",\"attributes\":{\"k\":\"it's\"},\"delaySeconds\":0,\"groupId\":\"g\"}")));
        }

        assertThat(bodies(made))
                .as("each was sent by the console and by the CLI")
                .containsExactlyInAnyOrder(
                        AWKWARD,
                        AWKWARD,
                        "file:///etc/hostname",
                        "file:///etc/hostname",
                        "http://localhost:1/x",
                        "http://localhost:1/x",
                        "-1",
                        "-1");
        String madeUrl = sqs.getQueueUrl(r -> r.queueName(made)).queueUrl();
        assertThat(sqs.listQueueTags(r -> r.queueUrl(madeUrl)).tags()).isEqualTo(Map.of("other", "a b"));

        JsonNode received =
                dashboard.postJson(api + "/poll", "{\"maxMessages\":1}").get(0);
        run(call(dashboard.postJson(
                api + "/delete-message",
                "{\"messageId\":\"" + received.path("messageId").asText() + "\",\"receiptHandle\":\""
                        + received.path("receiptHandle").asText() + "\"}")));
        String moved = call(dashboard.postJson("/api/queues/" + dead + "/redrive", "{\"maxPerSecond\":100}"));
        await("the task of the console is over")
                .until(() -> dashboard
                        .getJson("/api/queues/" + dead + "/redrive")
                        .at("/0/status")
                        .asText()
                        .equals("COMPLETED"));
        run(moved);
        run(call(dashboard.postJson(
                api + "/selected/delete", "{\"keys\":[\"" + keysOf(made).getFirst() + "\"]}")));
        run(call(dashboard.postJson(api + "/purge", "{\"confirm\":\"" + made + "\"}")));
        assertThat(bodies(made)).isEmpty();
        String deletion = call(Web.parse(dashboard
                .send(
                        HttpRequest.newBuilder()
                                .header("Content-Type", "application/json")
                                .method(
                                        "DELETE",
                                        HttpRequest.BodyPublishers.ofString("{\"confirm\":\"" + made + "\"}")),
                        api)
                .body()));
        create(made, Map.of());
        run(deletion);
        assertThat(page(api.substring(4))).contains("There is no queue " + made);
    }

    /** With nothing but credentials, which every caller has somewhere. */
    private static void run(String call) {
        Program.Outcome outcome = Program.of("sh", "-c", call)
                .with(Map.of(
                        "AWS_ACCESS_KEY_ID", "any", "AWS_SECRET_ACCESS_KEY", "any", "AWS_CONFIG_FILE", "/dev/null"))
                .run(Deadline.LIMIT);
        assertThat(outcome.exitCode()).as("%s%n%s", call, outcome.output()).isZero();
    }

    private static String call(JsonNode done) {
        return done.path("call").asText();
    }

    private static String put(String path, String json) {
        return call(Web.parse(dashboard
                .send(
                        HttpRequest.newBuilder()
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString(json)),
                        path)
                .body()));
    }

    private static String said(String path, String json) {
        return dashboard.postJson(path, json).path("message").asText();
    }

    private JsonNode act(String action, List<String> keys, String more) {
        return dashboard.postJson(
                "/api/queues/" + queue + "/selected/" + action,
                "{\"keys\":[\"" + String.join("\",\"", keys) + "\"]" + more + "}");
    }

    private static String create(String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
    }

    private static String redriveTo(String name) {
        return "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:" + name
                + "\",\"maxReceiveCount\":\"3\"}";
    }

    private static void send(String queueUrl, String... bodies) {
        for (String body : bodies) {
            sqs.sendMessage(r -> r.queueUrl(queueUrl).messageBody(body));
        }
    }

    private static String page(String path) {
        HttpResponse<String> answer = dashboard.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    /** The part of the page that is the list, without the names that its form offers. */
    private static String list(String path) {
        String page = page(path);
        return page.substring(page.indexOf("id=\"list\""), page.indexOf("data-create"));
    }

    /** Where a link of that kind leads. */
    private static String link(String page, String rel) {
        var found = Pattern.compile("href=\"([^\"]+)\" rel=\"" + rel + "\"").matcher(page);
        assertThat(found.find()).as("a link to the " + rel + " page").isTrue();
        return found.group(1).replace("&amp;", "&");
    }

    private static JsonNode look(String name) {
        return pipeline.web(Service.QUEUE).getJson("/_holdfast/queues/" + name + "/messages");
    }

    private static List<String> bodies(String name) {
        List<String> bodies = new ArrayList<>();
        look(name)
                .path("messages")
                .forEach(message -> bodies.add(message.path("body").asText()));
        return bodies;
    }

    private static List<String> keysOf(String name) {
        List<String> keys = new ArrayList<>();
        look(name)
                .path("messages")
                .forEach(message -> keys.add(message.path("key").asText()));
        return keys;
    }

    private List<String> keys(String body) {
        List<String> keys = new ArrayList<>();
        for (JsonNode message : look(queue).path("messages")) {
            if (message.path("body").asText().equals(body)) {
                keys.add(message.path("key").asText());
            }
        }
        assertThat(keys).isNotEmpty();
        return keys;
    }
}
