package dev.holdfast.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.harness.ElasticMq;
import dev.holdfast.harness.PackagedService;
import dev.holdfast.harness.RunningService;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Sqs;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The packaged program in processes of its own, with a real queue that is not ours. */
class ProducerIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @SuppressWarnings("NullAway.Init")
    private static ElasticMq elasticMq;

    @SuppressWarnings("NullAway.Init")
    private static SqsClient sqs;

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    static void startQueue(@TempDir Path shared) throws Exception {
        elasticMq = new ElasticMq(shared);
        sqs = Sqs.client(elasticMq.endpoint());
    }

    @AfterAll
    static void stopQueue() {
        sqs.close();
        elasticMq.close();
    }

    private RunningService launch(URI queue, String... settings) {
        return PackagedService.of(Service.PRODUCER, folder.resolve("data"))
                .with(Map.of("HOLDFAST_SQS_ENDPOINT", queue.toString()))
                .with(settings)
                .launch();
    }

    @Test
    void killedProducerSkipsNoSequence() throws Exception {
        String[] settings = {
            "-Dholdfast.sqs.queue=killed",
            "-Dholdfast.sqs.dead-letter-queue=killed-dlq",
            "-Dproducer.visibility-timeout=1h",
            "-Dproducer.rate=100",
            "-Dproducer.rhythm.amplitude=0"
        };
        long before = 0;
        for (int kill = 1; kill <= 2; kill++) {
            try (var producer = launch(elasticMq.endpoint(), settings)) {
                long least = before + 100;
                assertThat(producer.awaitStatus(
                                        "events flow",
                                        s -> s.get("acknowledged").asLong() >= least)
                                .get("acknowledgedThrough")
                                .asLong())
                        .isPositive();
                producer.web().post("/api/poison", "{\"count\": 4}");
                before = producer.status().get("generated").asLong();
                producer.kill();
            }
        }

        JsonNode settled;
        try (var producer = launch(elasticMq.endpoint(), settings)) {
            producer.awaitStatus(
                    "it runs again", s -> s.get("queueState").asText().equals("REACHABLE"));
            producer.web().post("/api/stop", "");
            settled = producer.awaitStatus(
                    "the outbox is empty", s -> s.get("outbox").asLong() == 0);
            assertThat(producer.stop()).isZero();
        }

        long generated = settled.get("generated").asLong();
        assertThat(generated).isGreaterThanOrEqualTo(before);
        assertThat(settled.get("acknowledgedThrough").asLong()).isEqualTo(generated);
        List<Message> arrived = drain("killed");
        Map<Long, String> bodies =
                bodiesBySequence(arrived, settled.get("producerId").asText());
        assertThat(bodies.keySet())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, generated).boxed().toList());
        assertThat((long) arrived.size() - generated)
                .as("spare copies in the queue, of which the producer knows at least as many")
                .isBetween(0L, settled.get("spareCopies").asLong());
        assertThat(settled.get("spareCopies").asLong())
                .as("what was offered at two kills")
                .isLessThanOrEqualTo(1_600);
        assertThat(settled.get("poisonSent").asLong()).isLessThanOrEqualTo(8);
        assertThat(settled.get("marks").findValuesAsText("text")).contains("started after a crash");
    }

    /** Receives until nothing is left that is not in flight; for a queue with a long visibility timeout. */
    private static List<Message> drain(String queue) {
        String url = sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
        var drained = new ArrayList<Message>();
        while (true) {
            List<Message> messages = sqs.receiveMessage(request ->
                            request.queueUrl(url).maxNumberOfMessages(10).messageAttributeNames("All"))
                    .messages();
            if (messages.isEmpty()) {
                return drained;
            }
            drained.addAll(messages);
        }
    }

    /** Copies of one sequence must be the same event. */
    private static Map<Long, String> bodiesBySequence(List<Message> messages, String producerId) {
        var bodies = new TreeMap<Long, String>();
        for (Message message : messages) {
            assertThat(attribute(message, "producerId")).isEqualTo(producerId);
            long sequence = Long.parseLong(attribute(message, "sequence"));
            String other = bodies.putIfAbsent(sequence, message.body());
            assertThat(other).isIn(null, message.body());
        }
        return bodies;
    }

    private static String attribute(Message message, String name) {
        return Objects.requireNonNull(message.messageAttributes().get(name), name)
                .stringValue();
    }

    @Test
    void waitsForItsQueueAndIsControlledMeanwhile() throws Exception {
        var contract = new Contract("producer-status.schema.json");
        try (var producer = launch(
                elasticMq.endpoint(),
                "-Dholdfast.sqs.queue=late",
                "-Dproducer.create-queues=false",
                "-Dproducer.backoff.max=500ms",
                "-Dproducer.autostart=false")) {

            JsonNode waiting = producer.awaitStatus(
                    "missing", s -> s.get("queueState").asText().equals("MISSING"));
            assertThat(contract.violations(waiting.toString())).isEmpty();
            assertThat(waiting.get("queueStateText").asText()).contains("producer.create-queues");
            assertThat(producer.web().get("/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(contract.violations(producer.web()
                            .post("/api/rate", "{\"eventsPerSecond\": 50}")
                            .body()))
                    .isEmpty();
            JsonNode started =
                    JSON.readTree(producer.web().post("/api/start", "").body());
            assertThat(started.get("running").asBoolean()).isTrue();
            assertThat(started.get("requestedRate").asDouble()).isEqualTo(50);
            producer.awaitStatus("held back", s -> s.get("heldBack").asText().equals("QUEUE"));
            assertThat(producer.status().get("generated").asLong()).isZero();

            sqs.createQueue(request -> request.queueName("late"));
            producer.awaitStatus("events flow", s -> s.get("acknowledged").asLong() > 20);
            producer.web().post("/api/stop", "");
            producer.awaitStatus("stopped", s -> s.get("outbox").asLong() == 0);
            long before = producer.status().get("generated").asLong();
            producer.web().post("/api/burst", "{\"count\": 1234}");
            producer.web().post("/api/poison", "{\"count\": 5}");
            JsonNode after = producer.awaitStatus(
                    "burst and poison sent", s -> s.get("acknowledged").asLong() == before + 1239);

            assertThat(after.get("poisonSent").asLong()).isEqualTo(5);
            assertThat(after.get("lastCall").get("command").asText())
                    .startsWith("aws sqs ")
                    .contains("--endpoint-url");
            assertThat(contract.violations(after.toString())).isEmpty();
            assertThat(after.get("marks").findValuesAsText("kind"))
                    .containsExactly("BOOT", "QUEUE_LOST", "RATE", "START", "QUEUE_BACK", "STOP", "BURST", "POISON");
            assertRefusals(producer);
            assertThat(producer.stop()).isZero();
        }
    }

    private static void assertRefusals(RunningService producer) throws Exception {
        assertProblem(producer, "/api/rate", "{\"eventsPerSecond\": 5001}", 400, "eventsPerSecond");
        assertProblem(producer, "/api/rate", "{\"eventsPerSecond\": \"5\"}", 400, "eventsPerSecond");
        assertProblem(producer, "/api/rate", "{}", 400, "eventsPerSecond");
        assertProblem(producer, "/api/rate", "{\"rate\": 5}", 400, "rate");
        assertProblem(producer, "/api/burst", "{\"count\": 0}", 400, "count");
        assertProblem(producer, "/api/burst", "{\"count\": 1.5}", 400, "count");
        assertProblem(producer, "/api/burst", "{\"count\": 99999999999999999999}", 400, "count");
        assertProblem(producer, "/api/poison", "{\"count\": null}", 400, "count");
        assertProblem(producer, "/api/poison", "{\"count\": 1", 400, "body");
        assertProblem(producer, "/api/poison", "[1]", 400, "body");
        assertProblem(producer, "/api/poison", "", 400, "body");
        assertProblem(producer, "/api/poison", "{\"count\": 1, \"count\": 2}", 400, "body");
        assertProblem(producer, "/api/rate", "{\"eventsPerSecond\": 1e400}", 400, "eventsPerSecond");
        assertProblem(producer, "/api/rate", "{\"eventsPerSecond\": 0.05}", 400, "eventsPerSecond");
        assertProblem(producer, "/api/nothing", "{}", 400, "path");
        assertProblem(producer, "/api/status", "{}", 405, "method");
        assertMalformedIsRefused(producer);

        var fromAnotherPage = HttpRequest.newBuilder()
                .header("Sec-Fetch-Site", "cross-site")
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(producer.web().send(fromAnotherPage, "/api/start").statusCode())
                .isEqualTo(403);
        var fromAnotherOrigin = HttpRequest.newBuilder()
                .header("Origin", "http://localhost:1")
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(producer.web().send(fromAnotherOrigin, "/api/start").statusCode())
                .isEqualTo(403);
        assertThat(producer.status().get("running").asBoolean()).isFalse();
    }

    /** What is no request to the API is refused in its words too, and not by the server's own bare answers. */
    private static void assertMalformedIsRefused(RunningService producer) throws Exception {
        String from = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        assertRefused(producer, "GET api/status" + from + "\r\n", 400, "path");
        assertRefused(producer, "GET /api/" + "a".repeat(5_000) + from + "\r\n", 414, "path");
        assertRefused(producer, "GET /api/" + "a".repeat(500_000) + from + "\r\n", 414, "path");
        assertRefused(producer, "GET /api/status HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "Host");
        assertRefused(producer, "POST /api/rate" + from + "Content-Length: 70000\r\n\r\n", 413, "body");
        assertRefused(producer, "POST /api/rate" + from + "Transfer-Encoding: chunked\r\n\r\n", 411, "Content-Length");
    }

    private static void assertRefused(RunningService producer, String request, int status, String field)
            throws Exception {
        assertThat(producer.web().raw(request))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json", "\"field\":\"" + field + "\"");
    }

    private static void assertProblem(RunningService producer, String path, String body, int status, String field)
            throws Exception {
        var answer = producer.web().post(path, body);

        assertThat(answer.statusCode())
                .as("%s %s: %s", path, body, answer.body())
                .isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("field").asText(null)).as(answer.body()).isEqualTo(field);
        assertThat(problem.path("detail").asText()).isNotBlank().doesNotContain("com.fasterxml", "Exception");
    }

    @Test
    void foreignFileEndsTheStartWithOneLine() throws Exception {
        Path file = Files.createDirectories(folder.resolve("data")).resolve("producer.db");
        Files.writeString(file, "somebody else's");

        try (var producer = launch(URI.create("http://localhost:1"))) {
            assertThat(producer.awaitEnd()).isEqualTo(1);

            assertThat(producer.printed().lines())
                    .singleElement()
                    .asString()
                    .contains("is not a SQLite database", "HOLDFAST_DATA_DIR");
        }
        assertThat(Files.readString(file)).isEqualTo("somebody else's");
    }

    @Test
    void wrongSettingEndsTheStartWithOneLine() throws Exception {
        for (String setting : List.of("producer.rate=5001", "producer.rate=quick", "producer.currency=XYZ")) {
            try (var producer = launch(URI.create("http://localhost:1"), "-D" + setting)) {
                assertThat(producer.awaitEnd()).isEqualTo(1);

                assertThat(producer.printed().lines())
                        .singleElement()
                        .asString()
                        .contains("cannot start", setting.substring(0, setting.indexOf('=')));
            }
        }
    }
}
