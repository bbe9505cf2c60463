package dev.holdfast.queue.hostile;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.harness.Smuggling;
import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP as no client speaks it, on sockets: refused, or dropped in time; the server goes on. */
class RawHttpIT {
    private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(5);
    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(4);
    private static final int MAX_CONNECTIONS = 100;
    private static final String LIST = RawHttp.head("ListQueues");

    @TempDir
    private static Path folder;

    private static ServerProcess server;
    private static Treasure treasure;

    @BeforeAll
    static void start() throws IOException {
        server = new ServerProcess(
                folder,
                "-Dholdfast.limits.max-connections-per-address=" + MAX_CONNECTIONS,
                "-Dholdfast.limits.body-timeout=" + BODY_TIMEOUT.toSeconds() + "s",
                "-Dholdfast.limits.idle-timeout=" + IDLE_TIMEOUT.toSeconds() + "s");
        treasure = Treasure.hiddenIn(server);
    }

    @AfterAll
    static void serverHasLostNothing() throws IOException {
        try (ServerProcess last = server) {
            assertThat(last.isAlive()).isTrue();
            assertThat(last.printed().lines().filter(line -> line.contains(" ERROR ")))
                    .isEmpty();
            treasure.isIntact();
        }
    }

    /** By what it is called here: the bytes, and how the answer may begin; empty for a connection closed without one. */
    private static Map<String, List<String>> abuses() {
        Map<String, List<String>> abuses = new LinkedHashMap<>();
        abuses.put("no HTTP at all", List.of("\u0000\u0001garbage\r\n\r\n", "HTTP/1.0 400"));
        abuses.put("TLS", List.of("\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n", "HTTP/1.0 400"));
        abuses.put("HTTP 0.9", List.of("GET /\r\n\r\n", "HTTP/1.0 400"));
        abuses.put("no host", List.of("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 400"));
        abuses.put("two lengths", List.of(LIST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "HTTP/1.1 400"));
        abuses.put("a negative length", List.of(LIST + "Content-Length: -2\r\n\r\n{}", "HTTP/1.1 400"));
        abuses.put("a length that is none", List.of(LIST + "Content-Length: two\r\n\r\n{}", "HTTP/1.1 400"));
        abuses.put(
                "a length beyond numbers",
                List.of(LIST + "Content-Length: " + "9".repeat(30) + "\r\n\r\n{}", "HTTP/1.1 400"));
        abuses.put(
                "a length and chunks",
                List.of(LIST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 400"));
        abuses.put("a broken chunk", List.of(LIST + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n", ""));
        abuses.put("a negative chunk", List.of(LIST + "Transfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n0\r\n\r\n", ""));
        abuses.put("a space before the colon", List.of(LIST + "Content-Length : 2\r\n\r\n{}", "HTTP/1.1 400"));
        abuses.put("NUL in a header", List.of(LIST + "X: a\u0000b\r\n\r\n", "HTTP/1.1 400"));
        abuses.put("a huge header", List.of(LIST + "X: " + "a".repeat(20_000) + "\r\n\r\n", "HTTP/1.1 431"));
        abuses.put("many headers", List.of(LIST + "X: a\r\n".repeat(5_000) + "\r\n", "HTTP/1.1 431"));
        abuses.put(
                "a huge URL",
                List.of("GET /?" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.0 414"));
        abuses.put("a path with bad escapes", get("/%zz/%00"));
        abuses.put("a path of bytes", get("/\u00ff\u00fe/\u0080"));
        abuses.put("a query with bad escapes", get("/?Action=%zz"));
        abuses.put("an account with bad escapes", get("/_holdfast/queues/%zz/messages"));
        abuses.put("a URL that is none", get("http://[::bad/?Action=ListQueues"));
        return abuses;
    }

    private static List<String> get(String path) {
        return List.of("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 400");
    }

    @Test
    void whatIsNoHttpIsRefusedAndTheConnectionClosed() throws IOException {
        for (Map.Entry<String, List<String>> abuse : abuses().entrySet()) {
            try (RawHttp connection = new RawHttp(server)) {
                connection.send(abuse.getValue().get(0));
                String answer = connection.readToEnd(MAX_ANSWER_TIME);

                assertThat(answer)
                        .as(abuse.getKey())
                        .doesNotEndWith("(open)")
                        .startsWith(abuse.getValue().get(1));
                assertThat(answer.length()).as(abuse.getKey()).isLessThan(2_000);
            }
        }
    }

    @Test
    void whatTwoReadersCouldUnderstandDifferentlyIsRefusedAtOnceAndCounted() throws IOException {
        double before = reached("malformed");

        Smuggling.isRefusedBy(server.url().getPort());

        assertThat(reached("malformed")).isGreaterThan(before + 10);
    }

    @Test
    void otherMethodsAreRefusedInTheProtocolsShape() throws IOException {
        for (String method : List.of("PUT", "DELETE", "PATCH", "TRACE", "BREW", "get", "A".repeat(500))) {
            try (RawHttp connection = new RawHttp(server)) {
                connection.send(LIST.replaceFirst("POST", method) + "Content-Length: 2\r\nConnection: close\r\n\r\n{}");

                assertThat(connection.readToEnd(MAX_ANSWER_TIME))
                        .as(method)
                        .startsWith("HTTP/1.1 400")
                        .contains("com.amazon.coral.service#MalformedHttpRequestException");
            }
        }
    }

    @Test
    void requestWithoutAHostIsRefusedInTheProtocolsShapeToo() throws IOException {
        try (RawHttp connection = new RawHttp(server)) {
            connection.send("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n");

            assertThat(connection.readToEnd(MAX_ANSWER_TIME))
                    .startsWith("HTTP/1.1 400")
                    .contains("com.amazon.coral.service#MalformedHttpRequestException")
                    .doesNotEndWith("(open)");
        }
    }

    @Test
    void requestInOneByteChunksIsARequest() throws IOException {
        try (RawHttp connection = new RawHttp(server)) {
            byte[] bytes = (LIST
                            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            for (byte one : bytes) {
                connection.send(new byte[] {one});
            }

            assertThat(connection.readToEnd(MAX_ANSWER_TIME)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void pathsThatNobodyServesAreNotFound() throws IOException {
        for (String path : List.of("/a/b/c", "/a", "/../../etc/passwd", "/q/../x", "/_holdfast/nothing", "/q/dev")) {
            HttpResponse<String> answer = server.get(path);
            assertThat(answer.statusCode()).as(path).isBetween(400, 499);
            assertThat(answer.body())
                    .as(path)
                    .containsAnyOf("InvalidAddress", "InvalidAction", "com.amazonaws.sqs#", "com.amazon.coral.service#")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void oneAddressHasOnlySoManyConnections() throws IOException {
        double before = reached("too_many_from_one_address");
        List<RawHttp> connections = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_CONNECTIONS + 10; i++) {
                connections.add(new RawHttp(server));
            }
            await("those too many are closed")
                    .atMost(MAX_ANSWER_TIME)
                    .until(() -> connections.subList(MAX_CONNECTIONS, MAX_CONNECTIONS + 10).stream()
                            .allMatch(RawHttpIT::isClosed));
            assertThat(isClosed(connections.getFirst())).isFalse();
        } finally {
            for (RawHttp connection : connections) {
                connection.close();
            }
        }
        await("there is room again")
                .atMost(MAX_ANSWER_TIME)
                .ignoreExceptions()
                .until(() -> server.get("/q/health/ready").statusCode() == 200);
        assertThat(reached("too_many_from_one_address")).isGreaterThanOrEqualTo(before + 10);
    }

    private static boolean isClosed(RawHttp connection) {
        try {
            return connection.isClosedByServer();
        } catch (IOException reset) {
            return true;
        }
    }

    /** A head that trickles, a body that stops, a body that trickles, silence: none holds a connection for long. */
    @Test
    void whoIsTooSlowIsDropped() throws IOException {
        double bodiesBefore = reached("body_too_slow");
        try (RawHttp silent = new RawHttp(server);
                RawHttp slowHead = new RawHttp(server);
                RawHttp slowSecondHead = new RawHttp(server);
                RawHttp noBody = new RawHttp(server);
                RawHttp slowBody = new RawHttp(server)) {
            slowSecondHead.send(RawHttp.request("ListQueues", "{}"));
            slowHead.send("POST / HTTP/1.1\r\nHost: localhost\r\nX: ");
            slowSecondHead.send("POST / HTTP/1.1\r\nHost: localhost\r\nX: ");
            noBody.send(LIST + "Content-Length: 1000\r\n\r\n");
            slowBody.send(LIST + "Content-Length: 9000000000000000000\r\n\r\n");
            await("the slow bodies are dropped")
                    .atMost(BODY_TIMEOUT.plusSeconds(30))
                    .until(() -> noBody.isClosedByServer() && isDropped(slowBody, "{"));
            await("the slow heads are dropped")
                    .atMost(IDLE_TIMEOUT.plusSeconds(30))
                    .until(() -> {
                        boolean firstDropped = isDropped(slowHead, "a");
                        boolean secondDropped = isDropped(slowSecondHead, "a");
                        return firstDropped && secondDropped && silent.isClosedByServer();
                    });
        }
        assertThat(reached("body_too_slow")).as("bodies").isGreaterThanOrEqualTo(bodiesBefore + 2);
    }

    private static boolean isDropped(RawHttp connection, String more) {
        try {
            connection.send(more);
            return connection.isClosedByServer();
        } catch (IOException broken) {
            return true;
        }
    }

    private static double reached(String limit) throws IOException {
        return server.metric("holdfast_limit_reached_total{limit=\"" + limit + "\"");
    }

    @Test
    void clientThatStopsHalfwayHarmsNobody() throws IOException {
        byte[] request = RawHttp.request("ListQueues", "{}");
        for (int length = 1; length < request.length; length += 7) {
            try (RawHttp connection = new RawHttp(server)) {
                connection.send(Arrays.copyOf(request, length));
                connection.endOfInput();
            }
        }
        assertThat(server.get("/q/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void randomBytesBetweenGoodRequests() throws IOException {
        long seed = ThreadLocalRandom.current().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = RawHttp.request("ListQueues", "{}");
        int answered = 0;
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(1, 6); n > 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try (RawHttp connection = new RawHttp(server)) {
                connection.send(bad);
                connection.endOfInput();
                String answer = connection.readToEnd(MAX_ANSWER_TIME);
                assertThat(answer).as("seed %d, %d", seed, i).doesNotContain("HTTP/1.1 5");
                answered += answer.startsWith("HTTP") ? 1 : 0;
            }
        }
        System.out.printf("RawHttpIT: 300 requests with broken bytes, %d answered, seed %d%n", answered, seed);
        assertThat(server.get("/q/health/ready").statusCode()).isEqualTo(200);
    }
}
