package dev.holdfast.queue.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Every member of every action of the Smithy model with everything in it that does not belong there, over both protocols:
 * always a modelled refusal, within five seconds, by a server that goes on and has lost nothing.
 */
class HostileInputIT {
    private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(5);
    private static final int CLIENTS = 3;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, SqsError> BY_SHAPE = errorsBy(SqsError::shape);
    private static final Map<String, SqsError> BY_CODE = errorsBy(SqsError::queryCode);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong longestNanos = new AtomicLong();
    private final Map<Integer, AtomicLong> answers = new TreeMap<>();

    @TempDir
    Path folder;

    private ServerProcess server;
    private Treasure treasure;
    private Attacks attacks;

    @BeforeEach
    void start() throws IOException {
        server = new ServerProcess(folder);
        treasure = Treasure.hiddenIn(server);
        attacks = new Attacks(List.of(target(false), target(true)));
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    private static Map<String, SqsError> errorsBy(Function<SqsError, String> name) {
        return Arrays.stream(SqsError.values()).collect(Collectors.toMap(name, error -> error, (one, alike) -> one));
    }

    private GoodRequest.Target target(boolean fifo) {
        String suffix = fifo ? ".fifo" : "";
        Map<QueueAttributeName, String> attributes = fifo ? Map.of(QueueAttributeName.FIFO_QUEUE, "true") : Map.of();
        try (SqsClient sqs = server.client()) {
            String url = sqs.createQueue(
                            request -> request.queueName("target" + suffix).attributes(attributes))
                    .queueUrl();
            String doomed = sqs.createQueue(
                            request -> request.queueName("doomed" + suffix).attributes(attributes))
                    .queueUrl();
            sqs.sendMessage(request -> {
                request.queueUrl(url).messageBody("of the target");
                if (fifo) {
                    request.messageGroupId("a").messageDeduplicationId("first");
                }
            });
            return new GoodRequest.Target(
                    url,
                    "arn:aws:sqs:us-east-1:000000000000:target" + suffix,
                    sqs.receiveMessage(request -> request.queueUrl(url))
                            .messages()
                            .getFirst()
                            .receiptHandle(),
                    doomed,
                    fifo);
        }
    }

    @Test
    void everyMemberOfEveryActionWithEveryHostileValue() throws Exception {
        assertThat(attacks.none().stream().map(this::send).filter(status -> status == 200))
                .as("what is attacked is a request that the server likes, for most actions")
                .hasSizeGreaterThan(attacks.none().size() / 2);
        List<Attack> all = attacks.onEveryMember();

        List<String> wrong = sendAll(all);

        assertThat(wrong).as("of %d requests", all.size()).isEmpty();
        assertThat(all).hasSizeGreaterThan(4_000);
        serverIsUnharmed("every member");
    }

    @Test
    void severalWrongMembersAndBrokenBytes() throws Exception {
        random(2_000);
    }

    @Test
    @Tag("long")
    void severalWrongMembersAndBrokenBytesForLong() throws Exception {
        random(100_000);
    }

    private void random(int count) throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int left = count; left > 0; left -= 500) {
            List<Attack> some = new ArrayList<>();
            for (int i = 0; i < Math.min(500, left); i++) {
                some.add(attacks.random(random));
            }
            assertThat(sendAll(some)).as("seed %d", seed).isEmpty();
        }
        serverIsUnharmed("seed " + seed);
    }

    private void serverIsUnharmed(String occasion) throws IOException {
        System.out.printf(
                "HostileInputIT: %s: answers by status %s, the longest after %d ms%n",
                occasion, answers, longestNanos.get() / 1_000_000);
        assertThat(server.isAlive()).isTrue();
        assertThat(server.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(server.printed().lines().filter(line -> line.contains(" ERROR ") || line.contains(" FATAL ")))
                .isEmpty();
        treasure.isIntact();
    }

    /** Returns what went wrong. */
    private List<String> sendAll(List<Attack> all) throws InterruptedException {
        Queue<Attack> waiting = new ConcurrentLinkedQueue<>(all);
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(Thread.ofVirtual().start(() -> {
                for (Attack attack = waiting.poll(); attack != null; attack = waiting.poll()) {
                    try {
                        send(attack);
                    } catch (AssertionError | RuntimeException e) {
                        wrong.add(attack.action() + " " + attack.protocol() + " " + attack.what() + ": "
                                + e.getMessage() + "\n  " + attack.excerpt());
                    }
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        return List.copyOf(wrong);
    }

    /** Returns the status of an answer as it must be. */
    private int send(Attack attack) {
        boolean json = attack.protocol() == Attack.Protocol.JSON;
        HttpRequest.Builder request = HttpRequest.newBuilder(server.url())
                .timeout(MAX_ANSWER_TIME)
                .header("Content-Type", json ? "application/x-amz-json-1.0" : "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofByteArray(attack.body()));
        if (json) {
            request.header("X-Amz-Target", "AmazonSQS." + attack.action());
        }
        long began = System.nanoTime();
        HttpResponse<String> answer;
        try {
            answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
        synchronized (answers) {
            answers.computeIfAbsent(answer.statusCode(), status -> new AtomicLong())
                    .incrementAndGet();
        }
        if (answer.statusCode() == 200
                && attack.mustBeRefused()
                && attack.action().endsWith("Batch")) {
            assertThat(answer.body())
                    .as("entries that failed")
                    .contains(json ? "\"Failed\":" : "<BatchResultErrorEntry>");
        } else if (answer.statusCode() != 200 || attack.mustBeRefused()) {
            requireModelled(answer, json);
        } else if (attack.action().equals("SendMessage")
                && !json
                && attack.excerpt().contains("&MessageAttribute")) {
            assertThat(answer.body()).as("attributes that were not lost").contains("<MD5OfMessageAttributes>");
        }
        return answer.statusCode();
    }

    private static void requireModelled(HttpResponse<String> answer, boolean json) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        assertThat(answer.headers().firstValue("x-amzn-requestid")).isPresent();
        assertThat(answer.headers().firstValue("content-type"))
                .hasValue(json ? "application/x-amz-json-1.0" : "text/xml");
        assertThat(answer.body().length()).as("length of the refusal").isLessThan(5_000);
        SqsError error = json ? errorInJson(answer.body()) : errorInXml(answer.body());
        assertThat(answer.statusCode()).isEqualTo(error.httpStatus());
        assertThat(answer.headers().firstValue("x-amzn-query-error")).hasValue(error.queryCode() + ";Sender");
    }

    private static SqsError errorInJson(String body) {
        try {
            JsonNode error = JSON.readTree(body);
            assertThat(error.path("message").asText()).isNotBlank();
            return known(
                    BY_SHAPE,
                    error.path("__type").asText().replaceFirst("^com\\.amazon(aws\\.sqs|\\.coral\\.service)#", ""));
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + body, e);
        }
    }

    private static SqsError errorInXml(String body) {
        assertThat(body).contains("<Message>").endsWith("</ErrorResponse>");
        return known(BY_CODE, body.replaceFirst("(?s).*<Code>", "").replaceFirst("(?s)</Code>.*", ""));
    }

    private static SqsError known(Map<String, SqsError> errors, String name) {
        return Optional.ofNullable(errors.get(name))
                .orElseThrow(() -> new AssertionError(name + " is no error of the model"));
    }
}
