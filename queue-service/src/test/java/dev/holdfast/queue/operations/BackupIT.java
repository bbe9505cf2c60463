package dev.holdfast.queue.operations;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.Repository;
import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A backup under load, and the server that is restored from it. */
class BackupIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @TempDir
    Path otherFolder;

    @Test
    void aBackupUnderLoadHoldsWhatWasAcknowledgedBeforeItAndBalances() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        int before;
        Path backup;
        try (ServerProcess server = new ServerProcess(folder);
                SqsClient client = server.client()) {
            String url =
                    client.createQueue(request -> request.queueName("orders")).queueUrl();
            Thread producer = new Thread(() -> {
                while (!over.get()) {
                    client.sendMessage(request -> request.queueUrl(url).messageBody("order " + sent.get()));
                    sent.incrementAndGet();
                }
            });
            producer.start();
            await("sends are acknowledged").until(() -> sent.get() >= 50);
            before = sent.get();
            JsonNode answer = backUp(server, "one.db", 200);
            over.set(true);
            producer.join();
            assertThat(answer.path("intact").booleanValue()).isTrue();
            assertThat(answer.path("balanced").booleanValue()).isTrue();
            assertThat(answer.path("messages").intValue()).isBetween(before, sent.get());
            backup = Path.of(answer.path("file").textValue());
            assertThat(backUp(server, "one.db", 409).path("detail").textValue()).contains("another name");
            assertThat(backUp(server, "..%2Fone.db", 400).path("detail").textValue())
                    .contains("no folder");
            assertThat(server.stop()).isZero();
        }

        restore(backup);
        try (ServerProcess restored = new ServerProcess(otherFolder)) {
            JsonNode ledger = JSON.readTree(
                    restored.get("/_holdfast/queues/orders/ledger?audit=true").body());
            assertThat(ledger.path("balanced").booleanValue()).isTrue();
            assertThat(ledger.path("recounted").intValue()).isBetween(before, sent.get());
        }
    }

    private static JsonNode backUp(ServerProcess server, String name, int status) throws IOException {
        HttpResponse<String> answer =
                server.send(HttpRequest.newBuilder(server.url().resolve("/_holdfast/backup?name=" + name))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    /** By the script that an operator uses. */
    private void restore(Path backup) {
        Program.Outcome restored = Program.of(Repository.infra("backup").toString(), "--restore", backup.toString())
                .with(Map.of(
                        "HOLDFAST_DATA_DIR", otherFolder.toString(),
                        "HOLDFAST_HOME", otherFolder.resolve("home").toString()))
                .run(Duration.ofMinutes(1));
        assertThat(restored.exitCode()).as(restored.output()).isZero();
    }
}
