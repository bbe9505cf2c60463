package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process ends when it is asked to. */
class StopIT {
    private static final int POLLS = 5_000;

    @TempDir
    Path folder;

    @Test
    void everyPollThatWaitsIsAnsweredEmptyAtOnce() throws IOException {
        try (ServerProcess server = new ServerProcess(folder);
                Client client = new Client(server);
                ParkedPolls polls = new ParkedPolls(server, client.createQueue("waited-on"), 30)) {
            polls.open(POLLS);
            await("they wait").atMost(Duration.ofSeconds(60)).until(() -> server.metric("holdfast_waiters ") == POLLS);

            long began = System.nanoTime();
            CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(server::stop);
            List<String> answers = polls.lastAnswers(Duration.ofSeconds(60));
            long answeredNanos = System.nanoTime() - began;

            // Those that an orderly stop has waited for in vain are closed without an answer.
            assertThat(answers)
                    .hasSize(POLLS)
                    .allSatisfy(answer ->
                            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("{}"));
            assertThat(exitCode.join()).isZero();
            assertThat(server.printed()).doesNotContain(" ERROR ", " WARN ");
            System.out.printf(
                    "StopIT: %d polls answered %d ms after SIGTERM, the process ended after %d ms%n",
                    POLLS, answeredNanos / 1_000_000, (System.nanoTime() - began) / 1_000_000);
        }
    }

    @Test
    void sigtermUnderLoadEndsInOrder() throws IOException {
        try (ServerProcess server = new ServerProcess(folder);
                Load load = new Load(server)) {
            load.start();
            load.awaitSends(200);

            int exitCode = server.stop();
            load.stop();
            boolean logLeft = Files.exists(folder.resolve("queue.db-wal"));
            server.restart();

            assertThat(exitCode).isZero();
            assertThat(logLeft).as("a log that would have to be replayed").isFalse();
            assertThat(server.get("/_holdfast/durability").body()).contains("\"cleanShutdown\":true");
            Findings.of(server, load).areNone("SIGTERM");
        }
    }
}
