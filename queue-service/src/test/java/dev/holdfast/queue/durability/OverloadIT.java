package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Far more is sent than the disk takes: what is too much is refused at once, and nothing that was acknowledged is missing. */
class OverloadIT {
    private static final int CLIENTS = 400;
    private static final int BODY_BYTES = 100_000;
    private static final Duration SLOW = Duration.ofMillis(500);
    private static final Duration OVERLOADED = Duration.ofSeconds(5);

    /** A few syncs of the slow disk, on a machine that is busy with the clients. */
    private static final Duration MAX_ANSWER = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger throttled = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private final List<String> unexpected = new ArrayList<>();

    @Test
    void whatIsTooMuchIsThrottledAndWhatIsAcknowledgedIsStored() throws Exception {
        FaultyDisk disk = FaultyDisk.under(folder);
        try (ServerProcess server = new ServerProcess(folder, disk.environment());
                Client client = new Client(server);
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            String url = client.createQueue("loaded");
            HttpRequest send = send(server, url);
            disk.slowSyncs(SLOW);

            overload(http, send);
            String figures = "%d stored, %d throttled, the longest answer after %d ms"
                    .formatted(stored.get(), throttled.get(), longestNanos.get() / 1_000_000);

            disk.slowSyncs(Duration.ZERO);
            longestNanos.set(0);
            int storedBefore = stored.get();
            for (int i = 0; i < 20; i++) {
                ask(http, send);
            }
            System.out.printf(
                    "OverloadIT: %d clients, a disk of %d syncs a second: %s; afterwards %d ms%n",
                    CLIENTS, 1_000 / SLOW.toMillis(), figures, longestNanos.get() / 1_000_000);

            assertThat(unexpected).isEmpty();
            assertThat(throttled).hasPositiveValue();
            assertThat(storedBefore).isGreaterThan(100);
            assertThat(stored.get()).as("afterwards nothing is throttled").isEqualTo(storedBefore + 20);
            assertThat(Duration.ofNanos(longestNanos.get())).as("afterwards").isLessThan(Duration.ofSeconds(10));
            assertStock(server, stored.get());

            server.kill();
            server.restart();
            assertStock(server, stored.get());
        }
    }

    /** Each client sends one message after the other, whatever it is answered. */
    private void overload(HttpClient http, HttpRequest send) throws InterruptedException {
        long end = System.nanoTime() + OVERLOADED.toNanos();
        List<Thread> clients = IntStream.range(0, CLIENTS)
                .mapToObj(client -> Thread.ofVirtual().start(() -> {
                    while (System.nanoTime() < end) {
                        ask(http, send);
                    }
                }))
                .toList();
        for (Thread client : clients) {
            client.join();
        }
        assertThat(Duration.ofNanos(longestNanos.get()))
                .as("the longest answer")
                .isLessThan(MAX_ANSWER);
    }

    private static HttpRequest send(ServerProcess server, String url) throws IOException {
        byte[] body =
                new ObjectMapper().writeValueAsBytes(Map.of("QueueUrl", url, "MessageBody", "x".repeat(BODY_BYTES)));
        return HttpRequest.newBuilder(server.url())
                .header("X-Amz-Target", "AmazonSQS.SendMessage")
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private void ask(HttpClient http, HttpRequest send) {
        long before = System.nanoTime();
        try {
            HttpResponse<String> answer = http.send(send, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                stored.incrementAndGet();
            } else if (answer.statusCode() == 403 && answer.body().contains("#RequestThrottled\"")) {
                throttled.incrementAndGet();
            } else {
                note(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            note(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        longestNanos.accumulateAndGet(System.nanoTime() - before, Math::max);
    }

    private void note(String answer) {
        synchronized (unexpected) {
            unexpected.add(answer);
        }
    }

    /** Answered is stored, and nothing else is. */
    private static void assertStock(ServerProcess server, int messages) throws IOException {
        JsonNode ledger = new ObjectMapper()
                .readTree(
                        server.get("/_holdfast/queues/loaded/ledger?audit=true").body());
        assertThat(ledger.get("ledger").get("stock").asInt()).isEqualTo(messages);
        assertThat(ledger.get("recounted").asInt()).isEqualTo(messages);
    }
}
