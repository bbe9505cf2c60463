package dev.holdfast.queue.durability;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long backlog does not delay the start, nor does what is done to it delay the other queues. */
class MillionMessagesIT {
    private static final Duration AGE = Duration.ofHours(2);
    private static final String RETENTION_SECONDS = "3600";

    /** Generous: other builds may run on the same machine. The figures are printed. */
    private static final Duration MAX_STALL = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    @Test
    void hundredThousandMessagesDelayNobody() throws IOException, SQLException {
        delayNobody(100_000);
    }

    @Test
    @Tag("long")
    void aMillionMessagesDelayNobody() throws IOException, SQLException {
        delayNobody(1_000_000);
    }

    /** Half of them in a queue to be purged, a quarter in one to expire, a quarter in one to be deleted. */
    private void delayNobody(int messages) throws IOException, SQLException {
        try (Backlog backlog = new Backlog(folder, AGE)) {
            backlog.queue("deep", messages / 2);
            backlog.queue("expiring", messages / 4);
            backlog.queue("dropped", messages / 4);
        }
        long before = System.nanoTime();
        try (ServerProcess server = new ServerProcess(folder);
                Client client = new Client(server)) {
            Duration ready = Duration.ofNanos(System.nanoTime() - before);
            JsonNode recovery = json(server, "/_holdfast/durability").get("recovery");
            System.out.printf(
                    "MillionMessagesIT: %d messages stored, ready after %d ms, of which %d ms recovery%n",
                    messages, ready.toMillis(), recovery.get("tookMillis").asLong());
            assertThat(recovery.get("messages").asLong()).isEqualTo(messages);
            assertThat(recovery.get("tookMillis").asLong()).isLessThan(2_000);

            try (Probe probe = new Probe(server)) {
                String deep = client.createQueue("deep");
                JsonNode audit = json(server, "/_holdfast/queues/deep/ledger?audit=true");
                assertThat(audit.get("balanced").asBoolean()).isTrue();
                assertThat(audit.get("recounted").asLong()).isEqualTo(messages / 2);
                report(probe, "an audit");
                assertThat(count(client, deep)).isEqualTo(messages / 2);
                report(probe, "a count");
                assertThat(client.call("ReceiveMessage", Map.of("QueueUrl", deep, "MaxNumberOfMessages", 10))
                                .get("Messages"))
                        .hasSize(10);
                report(probe, "a receive");

                client.call(
                        "SetQueueAttributes",
                        Map.of(
                                "QueueUrl",
                                client.createQueue("expiring"),
                                "Attributes",
                                Map.of("MessageRetentionPeriod", RETENTION_SECONDS)));
                awaitNoRows("expiring");
                report(probe, "expiry of " + messages / 4);
                JsonNode ledger =
                        json(server, "/_holdfast/queues/expiring/ledger").get("ledger");
                assertThat(ledger.get("expired").asLong()).isEqualTo(messages / 4);

                client.call("PurgeQueue", Map.of("QueueUrl", deep));
                assertThat(count(client, deep)).isZero();
                awaitNoRows("deep");
                report(probe, "purge of " + messages / 2);

                client.call("DeleteQueue", Map.of("QueueUrl", client.createQueue("dropped")));
                awaitNoRows("dropped");
                report(probe, "deleting a queue of " + messages / 4);
                assertThat(probe.calls()).isGreaterThan(100);
            }
        }
    }

    private static void report(Probe probe, String during) {
        Duration longest = probe.takeLongest();
        System.out.printf(
                "MillionMessagesIT: longest call on another queue during %s: %d ms%n", during, longest.toMillis());
        assertThat(longest)
                .as("longest call on another queue during %s", during)
                .isLessThan(MAX_STALL);
    }

    private static long count(Client client, String url) throws IOException {
        return client.call(
                        "GetQueueAttributes",
                        Map.of("QueueUrl", url, "AttributeNames", new String[] {"ApproximateNumberOfMessages"}))
                .at("/Attributes/ApproximateNumberOfMessages")
                .asLong();
    }

    private static JsonNode json(ServerProcess server, String path) throws IOException {
        return new ObjectMapper().readTree(server.get(path).body());
    }

    /** Counted behind the server's back: what is purged is out of sight at once and on disk for a while. */
    private void awaitNoRows(String queue) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("queue.db"));
                PreparedStatement any = connection.prepareStatement("""
                        select 1 from message
                        where id between (select number << 40 from queue where name = ?)
                                     and (select (number + 1) << 40 from queue where name = ?)
                        limit 1""")) {
            any.setString(1, queue);
            any.setString(2, queue);
            await("no row of %s is left".formatted(queue))
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> {
                        try (ResultSet row = any.executeQuery()) {
                            return !row.next();
                        }
                    });
        }
    }
}
