package dev.holdfast.queue.durability;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The wall clock of a server is set forward and back by hours, while it runs and while it is down. */
class WallClockIT {
    private static final Duration HOURS = Duration.ofHours(6);

    /** Longer than the test takes; far less than any step. */
    private static final Duration RETENTION = Duration.ofHours(1);

    @TempDir
    Path folder;

    @Test
    void stepsLoseNothingDeliverNothingTwiceAndExpireNothing() throws IOException {
        String library = PreloadedLibrary.of("moved-clock");
        setAhead(Duration.ZERO);
        Map<String, String> environment =
                Map.of("LD_PRELOAD", library, "MOVED_CLOCK_FILE", clockFile().toString());
        try (ServerProcess server = new ServerProcess(folder, environment);
                SqsClient sqs = server.client()) {
            String url = sqs.createQueue(request -> request.queueName("kept")
                            .attributes(Map.of(
                                    QueueAttributeName.VISIBILITY_TIMEOUT,
                                    "900",
                                    QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                                    Long.toString(RETENTION.toSeconds()))))
                    .queueUrl();
            for (String body : List.of("a", "b", "c", "d")) {
                sqs.sendMessage(request -> request.queueUrl(url).messageBody(body));
            }
            assertThat(receive(sqs, url, 900)).isEqualTo("a");

            step(server, HOURS, "PT6H");
            assertThat(receive(sqs, url, 900)).isEqualTo("b");

            step(server, HOURS.negated(), "PT-12H");
            assertThat(receive(sqs, url, 900)).isEqualTo("c");
            assertStored(server);

            server.kill();
            server.restart();
            assertThat(server.printed()).contains("event=recovered cleanShutdown=false");
            // It was set back while the server ran; a start with it goes on where the database was.
            assertReported(server, "PT-6H");
            assertStored(server);

            assertThat(receive(sqs, url, 2)).isEqualTo("d");
            assertThat(receiveNothing(sqs, url)).as("a, b and c are in flight").isTrue();
            await("the timeout of d runs out in the time of this server")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !receiveNothing(sqs, url));
        }
    }

    /** Nothing is gone by any door. */
    private static void assertStored(ServerProcess server) throws IOException {
        assertThat(server.get("/_holdfast/queues/kept/ledger?audit=true").body())
                .contains("\"sent\":4", "\"expired\":0", "\"stock\":4", "\"recounted\":4");
    }

    private void step(ServerProcess server, Duration ahead, String reported) throws IOException {
        setAhead(ahead);
        assertReported(server, reported);
    }

    private static void assertReported(ServerProcess server, String step) {
        // Steps are reported to the millisecond, and the two clocks are read one after the other.
        Duration expected = Duration.parse(step);
        await("a step of about %s is reported".formatted(step))
                .atMost(Duration.ofSeconds(20))
                .until(() -> server.printed()
                        .lines()
                        .filter(line -> line.contains("event=wall-clock-step"))
                        .map(line -> Duration.parse(line.replaceAll(".* step=(\\S+) .*", "$1")))
                        .anyMatch(found -> found.minus(expected).abs().toSeconds() < 60));
    }

    private Path clockFile() {
        return folder.resolve("clock");
    }

    private void setAhead(Duration ahead) throws IOException {
        ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        seconds.putLong(0, ahead.toSeconds());
        try (FileChannel channel = FileChannel.open(clockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(seconds, 0);
        }
    }

    private static String receive(SqsClient sqs, String url, int visibilitySeconds) {
        List<Message> messages = sqs.receiveMessage(
                        request -> request.queueUrl(url).visibilityTimeout(visibilitySeconds))
                .messages();
        assertThat(messages).hasSize(1);
        return messages.get(0).body();
    }

    private static boolean receiveNothing(SqsClient sqs, String url) {
        return sqs.receiveMessage(request -> request.queueUrl(url)).messages().isEmpty();
    }
}
