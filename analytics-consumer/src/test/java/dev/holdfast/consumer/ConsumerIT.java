package dev.holdfast.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.harness.Deadline;
import dev.holdfast.harness.ElasticMq;
import dev.holdfast.harness.PackagedService;
import dev.holdfast.harness.Ports;
import dev.holdfast.harness.RunningService;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Sqs;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged consumer against a real SQS server that is not ours. */
class ConsumerIT {
    @SuppressWarnings("NullAway.Init")
    private static ElasticMq elasticMq;

    @SuppressWarnings("NullAway.Init")
    private static Queues queues;

    @TempDir
    static Path serverFolder;

    @TempDir
    Path folder;

    @BeforeAll
    static void startQueue() throws Exception {
        elasticMq = new ElasticMq(serverFolder);
        queues = new Queues(Sqs.client(elasticMq.endpoint()));
    }

    @AfterAll
    static void stopQueue() {
        queues.sqs().close();
        elasticMq.close();
    }

    @Test
    void waitsForItsQueueThenAppliesOnceDeletesAndLeavesPoisonToTheQueue() throws Exception {
        try (RunningService consumer = start("story", Map.of())) {
            Deadline.await("it waits")
                    .until(() -> consumer.status().path("state").asText().equals("waiting-for-queue"));
            assertThat(consumer.status().path("lastError").asText()).contains("story does not exist");

            queues.createQueue("story", 1, 2);
            List<String> bodies = bodies(1, 200);
            bodies.set(49, "not json");
            bodies.set(99, "{}");
            queues.send("story", 1, bodies);
            queues.send("story", 1, bodies.subList(0, 10)); // spare copies

            Deadline.await("all is applied and deleted").until(() -> queues.stock("story") == 0);
            Deadline.await("poison is dead-lettered").until(() -> queues.stock("story-dlq") == 2);
            JsonNode status = consumer.status();
            assertMeetsItsContract(status);
            assertThat(status.path("state").asText()).isEqualTo("running");
            assertThat(status.path("applied").asLong()).isEqualTo(198);
            assertThat(status.path("failures").asLong()).isEqualTo(2);
            assertThat(status.path("duplicatesAbsorbed").asLong()).isGreaterThanOrEqualTo(10);

            assertThat(consumer.stop()).isZero();
        }
        try (TestDatabase database = database()) {
            assertThat(database.rows(
                            "select sequence, producer_id, receive_count, body_start from failure order by sequence"))
                    .containsExactly("50|" + Events.PRODUCER + "|2|not json|", "100|" + Events.PRODUCER + "|2|{}|");
            assertThat(database.rows("select kind from consumer_mark order by at"))
                    .containsExactly("start|", "stop|");
        }
        assertThat(verify("story")).isZero();
        try (TestDatabase database = database()) {
            database.execute(
                    "update aggregate set event_count = event_count + 1 where span = 'all' and subject_no = 1");
        }
        assertThat(verify("story")).isEqualTo(1);
    }

    @Test
    void aCrashOnEitherSideOfACommitCountsNothingTwiceAndLosesNothing() throws Exception {
        queues.createQueue("crash", 1, 100);
        queues.send("crash", 1, bodies(1, 300));
        for (String when : List.of("before-commit", "after-commit")) {
            try (RunningService consumer =
                    start("crash", Map.of("CONSUMER_FAULTS", "true", "CONSUMER_SLOW_MILLIS", "300"))) {
                crash(consumer, when);
                assertThat(consumer.awaitEnd()).isEqualTo(137);
            }
        }
        try (RunningService consumer = start("crash", Map.of())) {
            Deadline.await("all is applied and deleted").until(() -> queues.stock("crash") == 0);
            assertThat(consumer.status().path("applied").asLong()).isEqualTo(300);
            assertThat(consumer.status().path("duplicatesAbsorbed").asLong()).isPositive();
        }
        try (TestDatabase database = database()) {
            assertThat(database.rows("select kind from mark order by mark_no"))
                    .containsExactly("start|", "crash|", "start|", "crash|", "start|");
        }
        assertThat(verify("crash")).isZero();
    }

    @Test
    void aStopHandsBackAtOnceWhatItCannotFinish() throws Exception {
        queues.createQueue("stop", 600, 100);
        try (RunningService consumer = start("stop", Map.of("CONSUMER_SLOW_MILLIS", "60000"))) {
            queues.send("stop", 1, bodies(1, 40));
            Deadline.await("some are in hand")
                    .until(() -> consumer.status().path("inHand").asInt() > 0);

            assertThat(consumer.stop()).isZero();

            assertThat(queues.waiting("stop")).isEqualTo(40);
        }
    }

    @Test
    void visibilityIsExtendedUnlessALessonWantsToSeeWhatHappensWithout() throws Exception {
        queues.createQueue("slow", 1, 100);
        try (RunningService consumer = start("slow", Map.of())) {
            Deadline.await("the timeout is known")
                    .until(() ->
                            consumer.status().path("visibilityTimeoutSeconds").asInt() == 1);
            consumer.web().post("/api/slow", "{\"millis\": 1500}");
            queues.send("slow", 1, bodies(1, 10));
            Deadline.await("it is applied and deleted")
                    .until(() -> consumer.status().path("applied").asInt() == 10 && queues.stock("slow") == 0);
            assertThat(consumer.status().path("duplicatesAbsorbed").asInt()).isZero();

            consumer.web().post("/api/slow", "{\"millis\": 1500, \"extendVisibility\": false}");
            queues.send("slow", 11, bodies(11, 10));

            Deadline.await("copies are absorbed")
                    .until(() -> consumer.status().path("duplicatesAbsorbed").asInt() > 0);
            assertThat(consumer.status().path("applied").asInt()).isEqualTo(20);
        }
    }

    @Test
    void severalConsumersShareOneFileAndAPausedOneTakesNothing() throws Exception {
        queues.createQueue("shared", 2, 100);
        try (RunningService first = start("shared", Map.of("CONSUMER_NAME", "c1"));
                RunningService second = start("shared", Map.of("CONSUMER_NAME", "c2"))) {
            first.web().post("/api/pause", "");
            queues.send("shared", 1, bodies(1, 50));
            Deadline.await("the second does it")
                    .until(() -> second.status().path("session").path("applied").asInt() == 50);
            assertThat(first.status().path("session").path("applied").asInt()).isZero();
            assertThat(first.status().path("state").asText()).isEqualTo("paused");

            first.web().post("/api/resume", "");
            queues.send("shared", 51, bodies(51, 1000));

            Deadline.await("all is applied")
                    .until(() -> first.status().path("applied").asInt() == 1050);
            assertThat(packaged(Map.of("CONSUMER_NAME", "c1")).run().exitCode())
                    .as("a name in use is refused")
                    .isEqualTo(1);
        }
        assertThat(verify("shared")).isZero();
    }

    @Test
    void badRequestsGetAProblemThatNamesTheField() throws Exception {
        try (RunningService consumer = start("none", Map.of())) {
            assertProblem(consumer.web().post("/api/slow", "{\"millis\": -1}"), 400, "\"field\":\"millis\"");
            assertProblem(consumer.web().post("/api/slow", "{\"millis\": 1e99}"), 400, "\"field\":\"millis\"");
            assertProblem(consumer.web().post("/api/slow", "{\"millis\": 1, \"secs\": 2}"), 400, "\"field\":\"secs\"");
            assertProblem(consumer.web().post("/api/slow", "{"), 400, "\"field\":\"body\"");
            assertProblem(consumer.web().post("/api/slow", "{\"millis\": 1} {}"), 400, "\"field\":\"body\"");
            assertProblem(
                    consumer.web().post("/api/slow", "{\"millis\": 1, \"millis\": 2}"), 400, "\"field\":\"body\"");
            assertProblem(
                    consumer.web().post("/api/slow", "{\"millis\": 1, \"extendVisibility\": 1}"),
                    400,
                    "\"field\":\"extendVisibility\"");
            assertProblem(consumer.web().post("/api/slow", ""), 400, "\"field\":\"body\"");
            assertProblem(consumer.web().post("/api/crash", "{\"when\": \"now\"}"), 403, "consumer.faults=true");
            assertProblem(consumer.web().post("/api/nothing", "{}"), 400, "\"field\":\"path\"");
            assertProblem(consumer.web().get("/api/pause"), 405, "method");
            assertMalformedIsRefused(consumer);
            assertProblem(consumer.web().get("/api/status", "Sec-Fetch-Site", "cross-site"), 403, "other sites");
            assertProblem(consumer.web().get("/api/status", "Origin", "http://evil.example"), 403, "other sites");
            assertThat(consumer.web()
                            .get("/api/status", "Sec-Fetch-Site", "same-origin")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private RunningService start(String queue, Map<String, String> settings) {
        return packaged(settings).with(Map.of("CONSUMER_QUEUE", queue)).start();
    }

    private PackagedService packaged(Map<String, String> settings) {
        return PackagedService.of(Service.CONSUMER, folder)
                .with(Map.of("HOLDFAST_SQS_ENDPOINT", elasticMq.endpoint().toString()))
                .with(settings);
    }

    /** The process may be gone before it has answered. */
    private static void crash(RunningService consumer, String when) throws Exception {
        try {
            assertThat(consumer.web()
                            .post("/api/crash", "{\"when\": \"" + when + "\"}")
                            .statusCode())
                    .isEqualTo(202);
        } catch (UncheckedIOException gone) {
            assertThat(consumer.awaitEnd()).isEqualTo(137);
        }
    }

    private int verify(String queue) {
        return packaged(Map.of("CONSUMER_QUEUE", queue, "CONSUMER_PRODUCER_URL", "http://localhost:" + Ports.free()))
                .run("verify")
                .exitCode();
    }

    private TestDatabase database() throws Exception {
        return new TestDatabase(folder.resolve("analytics.db"));
    }

    private static List<String> bodies(long firstSequence, int count) {
        SplittableRandom random = new SplittableRandom(firstSequence);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(Events.json(Events.event(Events.PRODUCER, firstSequence + i, random))
                    .toString());
        }
        return bodies;
    }

    /** What is no request to the API is refused in its words too, and not by the server's own bare answers. */
    private static void assertMalformedIsRefused(RunningService consumer) throws Exception {
        String from = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        assertRefused(consumer, "GET api/status" + from + "\r\n", 400, "path");
        assertRefused(consumer, "GET /api/" + "a".repeat(5_000) + from + "\r\n", 414, "path");
        assertRefused(consumer, "GET /api/" + "a".repeat(500_000) + from + "\r\n", 414, "path");
        assertRefused(consumer, "GET /api/status HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "Host");
        assertRefused(consumer, "POST /api/slow" + from + "Content-Length: 70000\r\n\r\n", 413, "body");
        assertRefused(consumer, "POST /api/slow" + from + "Transfer-Encoding: chunked\r\n\r\n", 411, "Content-Length");
    }

    private static void assertRefused(RunningService consumer, String request, int status, String field)
            throws Exception {
        assertThat(consumer.web().raw(request))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json", "\"field\":\"" + field + "\"");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String part) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).contains(part);
    }

    private static void assertMeetsItsContract(JsonNode status) throws Exception {
        Schema contract = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        Files.readString(Path.of("../infra/contract/consumer-status.schema.json")), InputFormat.JSON);
        assertThat(contract.validate(status.toString(), InputFormat.JSON)).isEmpty();
    }
}
