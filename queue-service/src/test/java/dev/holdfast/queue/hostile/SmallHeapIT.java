package dev.holdfast.queue.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

/** With a heap of 256 MiB, and the option that ends the process when it is used up, clients send and ask for far more. */
class SmallHeapIT {
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final int CLIENTS = 100;
    private static final String MEBIBYTE = "x".repeat(1_040_000);

    /** What -Xmx256m of {@link ServerProcess} needs to be a test of life and death. */
    private static final String DIES_WITHOUT_MEMORY = "-XX:+ExitOnOutOfMemoryError";

    @TempDir
    Path folder;

    @Test
    void manyLargeMessagesAtOnceEndNothing() throws Exception {
        try (ServerProcess server = new ServerProcess(folder, DIES_WITHOUT_MEMORY);
                SqsClient sqs = server.client()) {
            Treasure treasure = Treasure.hiddenIn(server);
            String url = sqs.createQueue(request -> request.queueName("large")).queueUrl();
            byte[] send = RawHttp.request(
                    "SendMessage", "{\"QueueUrl\":\"" + url + "\",\"MessageBody\":\"" + MEBIBYTE + "\"}");
            byte[] sendNothing = RawHttp.request(
                    "SendMessage", "{\"QueueUrl\":\"" + url + "\",\"Unknown\":\"" + MEBIBYTE.repeat(7) + "\"}");
            byte[] receive = RawHttp.request(
                    "ReceiveMessage",
                    "{\"QueueUrl\":\"" + url + "\",\"MaxNumberOfMessages\":10,\"VisibilityTimeout\":0}");

            Map<String, Integer> sends = atOnce(server, send);
            Map<String, Integer> more = atOnce(server, send);
            Map<String, Integer> longest = atOnce(server, sendNothing);
            Map<String, Integer> receives = atOnce(server, receive);

            System.out.printf(
                    "SmallHeapIT: %d at once with 256 MiB: sends of 1 MiB %s and %s, bodies of 7 MiB %s, receives of 10 MiB %s%n",
                    CLIENTS, sends, more, longest, receives);
            assertThat(server.isAlive()).isTrue();
            assertThat(sends)
                    .containsKey("200")
                    .allSatisfy((status, count) -> assertThat(status).isIn("200", "403"));
            assertThat(longest.keySet()).isSubsetOf("400", "403");
            assertThat(receives)
                    .containsKey("200")
                    .allSatisfy((status, count) -> assertThat(status).isIn("200", "403"));
            assertThat(server.metric("holdfast_bytes_in_hand_bytes ")).isZero();
            assertThat(server.printed()).doesNotContain("OutOfMemoryError");
            treasure.isIntact();
        }
    }

    /** All send before any of them reads; returns how often each status was answered. */
    private static Map<String, Integer> atOnce(ServerProcess server, byte[] request) throws Exception {
        Map<String, AtomicInteger> statuses = new ConcurrentHashMap<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(() -> {
                String status;
                try (RawHttp connection = new RawHttp(server)) {
                    connection.send(request);
                    status = connection.readStatus(DEADLINE);
                } catch (IOException broken) {
                    status = "connection lost";
                }
                statuses.computeIfAbsent(status, seen -> new AtomicInteger()).incrementAndGet();
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        Map<String, Integer> counts = new TreeMap<>();
        statuses.forEach((status, count) -> counts.put(status, count.get()));
        return counts;
    }
}
