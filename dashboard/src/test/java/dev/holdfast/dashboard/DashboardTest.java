package dev.holdfast.dashboard;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.harness.Deadline;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server side against a real SQS server that is not ours, with producer and consumer down. */
@QuarkusTest
@QuarkusTestResource(SqsServer.class)
class DashboardTest {
    private static final String SCRIPT = "<script>alert(1)</script>";

    @BeforeEach
    void theFirstSampleIsThere() {
        Deadline.await("the first sample").until(() -> when().get("/api/sample").statusCode() == 200);
    }

    @Test
    void everyPageOpensWhileEverythingElseIsDown() {
        for (String page : List.of(
                "/",
                "/analytics",
                "/queues",
                "/queues/any",
                "/queues/any/live",
                "/queues/any/messages/none",
                "/lessons",
                "/lessons/crash")) {
            when().get(page).then().statusCode(200).body(containsString("</html>"), not(containsString("NOT_FOUND")));
        }
    }

    @Test
    void everyScriptAndStyleOfThePagesIsServed() {
        for (String page : List.of("/", "/analytics", "/queues", "/lessons/crash")) {
            String html = when().get(page).asString();
            var sources = java.util.regex.Pattern.compile("(?:src|href)=\"(/(?:assets|webjars)/[^\"#]+)")
                    .matcher(html);
            while (sources.find()) {
                when().get(sources.group(1)).then().statusCode(200);
            }
        }
    }

    /** A class opens it at the same time over one wireless network. */
    @Test
    void theFirstPageIsUnder120KilobytesOnTheWire() throws IOException {
        Set<String> seen = new TreeSet<>();
        int bytes = sizeWithAllItNeeds("/", seen);

        assertThat(seen)
                .contains("/assets/holdfast.css", "/assets/live-worker.js", "/assets/pipe/pipe.js")
                .contains("/assets/timeline/timeline.js", "/assets/morph.js");
        assertThat(bytes).isLessThan(120_000);
    }

    /** Compressed as the server does it, with scripts, what they import, and styles. */
    private static int sizeWithAllItNeeds(String path, Set<String> seen) throws IOException {
        if (!seen.add(path)) {
            return 0;
        }
        byte[] content = when().get(path).then().statusCode(200).extract().asByteArray();
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        int bytes = compressed.size();
        var needed = Pattern.compile(
                        "(?:src|href)=\"(/(?:assets|webjars)/[^\"#]+)|from '([.][^']+)'|'(/assets/[^']+[.]js)'")
                .matcher(new String(content, StandardCharsets.UTF_8));
        while (needed.find()) {
            String link = Stream.of(1, 2, 3)
                    .map(needed::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            bytes += sizeWithAllItNeeds(URI.create(path).resolve(link).toString(), seen);
        }
        return bytes;
    }

    @Test
    void whereTheLaboratoryIsClosedThePagesShowWhatToType() {
        when().get("/").then().body(containsString("<code>infra/demo kill analytics-consumer</code>"));
        when().get("/lessons/crash").then().body(containsString("data-lab=\"false\""));
    }

    @Test
    void aTopicThatDoesNotExistIsNamed() {
        when().get("/api/live?topic=weather&topic=page:nowhere%7C")
                .then()
                .statusCode(404)
                .body("detail", containsString("weather"));
    }

    @Test
    void aChangeThroughTheConsoleIsSeenAtOnce() {
        json(Map.of("name", "fresh")).post("/api/queues").then().statusCode(200);
        when().get("/api/queues").then().body("queues.name", hasItem("fresh"));

        json(Map.of("confirm", "fresh")).delete("/api/queues/fresh").then().statusCode(200);

        when().get("/api/queues").then().body("queues.name", not(hasItem("fresh")));
    }

    @Test
    void saysWhatIsUnreachableAndThatNothingCanBeKnown() throws Exception {
        when().get("/api/sample").then().body("producer.contact.reachable", equalTo(false));

        String proof = when().get("/api/proof")
                .then()
                .statusCode(200)
                .body("balanced", nullValue())
                .extract()
                .asString();
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("../infra/contract/proof.schema.json")));
        assertThat(schema.validate(proof, InputFormat.JSON)).isEmpty();
    }

    @Test
    void refusesControlsToAnotherWebPage() {
        given().header("Sec-Fetch-Site", "cross-site")
                .when()
                .post("/api/control/producer/stop")
                .then()
                .statusCode(403);
        given().header("Origin", "http://evil.example")
                .when()
                .post("/api/lessons/reset")
                .then()
                .statusCode(403);
        given().header("Host", "evil.example").when().get("/").then().statusCode(403);
    }

    @Test
    void saysWhichServiceDoesNotAnswerAControl() {
        given().post("/api/control/producer/stop").then().statusCode(502).body("detail", containsString("producer"));
        given().post("/api/control/producer/explode").then().statusCode(404);
        given().post("/api/lab/kill/queue-service")
                .then()
                .statusCode(403)
                .body("detail", containsString("lab.command"));
    }

    @Test
    void aMessageGoesThroughTheConsoleAndItsBodyStaysText() {
        json(Map.of("name", "console", "attributes", Map.of("VisibilityTimeout", "5"), "tags", Map.of("team", "a")))
                .post("/api/queues")
                .then()
                .statusCode(200);
        json(Map.of("body", SCRIPT, "attributes", Map.of("kind", "test")))
                .post("/api/queues/console/send")
                .then()
                .statusCode(200)
                .body("call", containsString("send-message"));

        var received = json(Map.of("maxMessages", 10, "waitSeconds", 2)).post("/api/queues/console/poll");

        received.then()
                .contentType(ContentType.JSON)
                .body("[0].body", equalTo(SCRIPT))
                .body("[0].attributes.kind", equalTo("test"));
        json(Map.of(
                        "messageId", received.path("[0].messageId"),
                        "receiptHandle", received.path("[0].receiptHandle")))
                .post("/api/queues/console/delete-message")
                .then()
                .statusCode(200);
        when().get("/api/queues").then().body("queues.name", hasItem("console"));
        when().get("/api/queues/console")
                .then()
                .body("attributes.VisibilityTimeout", equalTo("5"), "tags.team", equalTo("a"));
    }

    @Test
    void purgeAndDeleteWantTheNameTyped() {
        json(Map.of("name", "doomed")).post("/api/queues").then().statusCode(200);

        json(Map.of("confirm", "domed"))
                .delete("/api/queues/doomed")
                .then()
                .statusCode(400)
                .body("detail", containsString("doomed"));
        json(Map.of("confirm", "doomed"))
                .post("/api/queues/doomed/purge")
                .then()
                .statusCode(200);
        json(Map.of("confirm", "doomed")).delete("/api/queues/doomed").then().statusCode(200);

        when().get("/api/queues/doomed").then().statusCode(400).body("detail", containsString("does not exist"));
    }

    @Test
    void looksWithoutReceivingOnlyWhereTheServerOffersIt() {
        json(Map.of("name", "unseen")).post("/api/queues").then().statusCode(200);

        when().get("/api/queues/unseen/messages").then().statusCode(501).body("detail", containsString("polled"));
    }

    @Test
    void badInputIsAnsweredWithASentence() {
        given().contentType(ContentType.JSON)
                .body("{")
                .post("/api/queues")
                .then()
                .statusCode(400);
        json(Map.of()).post("/api/queues").then().statusCode(400).body("detail", containsString("name"));
        json(Map.of("name", "a b")).post("/api/queues").then().statusCode(400);
        when().get("/api/analytics").then().statusCode(503).body("detail", containsString("database"));
        when().get("/api/analytics/bars?kind=planet&key=x").then().statusCode(400);
        when().get("/lessons/none").then().statusCode(404);
    }

    private static io.restassured.specification.RequestSpecification json(Map<String, ?> body) {
        return given().contentType(ContentType.JSON).body(body);
    }
}
