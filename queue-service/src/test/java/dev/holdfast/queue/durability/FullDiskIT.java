package dev.holdfast.queue.durability;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The disk fills up: sends are refused, receives and deletes go on, and with space again so do the sends, without a restart. */
class FullDiskIT {
    private static final String BODY = "x".repeat(100_000);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void belowTheReserveSendsAreRefusedUntilDeletesHaveMadeSpace() throws IOException {
        try (SmallDisk disk = SmallDisk.mountedAt(folder.resolve("disk"), 48);
                ServerProcess server = on(disk);
                SqsClient sqs = clientOf(server)) {
            String url = sqs.createQueue(request -> request.queueName("full")).queueUrl();

            // Where in its work the server is when the disk is full is chance.
            for (int round = 1; round <= 4; round++) {
                int sent = sendUntilRefused(sqs, url);
                JsonNode low = disk(server);
                int wellness = server.get("/q/health/well").statusCode();
                int readiness = server.get("/q/health/ready").statusCode();
                int deleted = receiveAndDeleteAll(sqs, url);
                await("sends are accepted again").atMost(DEADLINE).until(() -> isAccepted(sqs, url));

                assertThat(sent).isPositive();
                assertThat(low.get("state").asText()).isIn("low", "full");
                assertThat(Instant.parse(low.get("since").asText()))
                        .isBetween(Instant.now().minusSeconds(60), Instant.now());
                assertThat(wellness).isEqualTo(503);
                assertThat(readiness).isEqualTo(200);
                assertThat(deleted).as("deleted in round %d", round).isEqualTo(sent);
                assertThat(disk(server).get("state").asText()).isEqualTo("enough");
                assertThat(receiveAndDeleteAll(sqs, url))
                        .as("the one just accepted")
                        .isEqualTo(1);
            }
        }
    }

    /** Nothing can be folded from the log into the database file while the other reads: both need room, one after the other. */
    @Test
    void whileAnotherProgramReadsTheLogTakesNoSpaceThatFoldingItInWillNeed() throws Exception {
        for (int bodyBytes : List.of(100_000, 300_000)) {
            Path data = folder.resolve("disk-" + bodyBytes);
            try (SmallDisk disk = SmallDisk.mountedAt(data, 60);
                    ServerProcess server = new ServerProcess(folder, "-Dholdfast.data-dir=" + disk.folder());
                    SqsClient sqs = clientOf(server)) {
                String url =
                        sqs.createQueue(request -> request.queueName("full")).queueUrl();
                String body = "x".repeat(bodyBytes);
                send(sqs, url, body);

                int sent;
                int deletedMeanwhile;
                int readiness;
                try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("queue.db"));
                        Statement statement = reader.createStatement()) {
                    statement.execute("begin");
                    statement.executeQuery("select count(*) from message").close();
                    sent = 1 + sendUntilRefused(sqs, url, body);
                    List<Message> received = receive(sqs, url);
                    delete(sqs, url, received);
                    deletedMeanwhile = received.size();
                    readiness = server.get("/q/health/ready").statusCode();
                    server.kill();
                    server.restart();
                }
                int deleted = deletedMeanwhile + receiveAndDeleteAll(sqs, url);
                await("sends are accepted again").atMost(DEADLINE).until(() -> isAccepted(sqs, url));

                assertThat(deletedMeanwhile)
                        .as("received and deleted beside the reader")
                        .isPositive();
                assertThat(readiness).isEqualTo(200);
                assertThat(deleted)
                        .as("deleted of bodies of %d bytes", bodyBytes)
                        .isEqualTo(sent);
            }
        }
    }

    @Test
    void onADiskThatSomebodyElseFillsDeletesHaveTheReserve() throws IOException {
        try (SmallDisk disk = SmallDisk.mountedAt(folder.resolve("disk"), 48);
                ServerProcess server = on(disk);
                SqsClient sqs = clientOf(server)) {
            String url = sqs.createQueue(request -> request.queueName("full")).queueUrl();
            for (int i = 0; i < 60; i++) {
                send(sqs, url);
            }
            awaitReserveFile(disk.folder());
            long pid = server.pid();

            disk.fill();
            sendUntilRefused(sqs, url);
            List<Message> received = receive(sqs, url);
            delete(sqs, url, received);
            server.kill();
            server.restart();
            int deleted = received.size() + receiveAndDeleteAll(sqs, url);
            boolean acceptedWhileFull = isAccepted(sqs, url);
            disk.relieve();
            await("sends are accepted again").atMost(DEADLINE).until(() -> isAccepted(sqs, url));

            assertThat(deleted).isGreaterThanOrEqualTo(60);
            assertThat(acceptedWhileFull).isFalse();
            assertThat(server.pid()).isNotEqualTo(pid);
            awaitReserveFile(disk.folder());
        }
    }

    /** The disk is full in the middle of a commit, at any point of it. */
    @Test
    void whatSqliteCannotWriteIsRolledBackAndTheServerGoesOn() throws IOException {
        FaultyDisk disk = FaultyDisk.under(folder);
        try (ServerProcess server = new ServerProcess(folder, disk.environment());
                Load load = new Load(server)) {
            awaitReserveFile(folder);
            long pid = server.pid();
            for (int round = 1; round <= 5; round++) {
                load.start();
                load.awaitSends(100);
                disk.leaveSpace(round * 7_919L);
                load.awaitEnd();
                load.stop();
                String state = disk(server).get("state").asText();
                Findings whileFull = Findings.of(server, load);
                disk.leaveSpaceEnough();
                await("there is space again")
                        .atMost(DEADLINE)
                        .until(() -> disk(server).get("state").asText().equals("enough"));

                assertThat(state).isEqualTo("full");
                whileFull.areNone("disk full, round " + round);
            }
            assertThat(server.pid()).isEqualTo(pid);
            assertThat(server.isAlive()).isTrue();
            Findings.noneWasDeliveredTwiceWithinItsTimeout(load);
            System.out.printf("FullDiskIT: 5 times full; %s, none lost%n", load);
        }
    }

    private ServerProcess on(SmallDisk disk) throws IOException {
        return new ServerProcess(folder, "-Dholdfast.data-dir=" + disk.folder(), "-Dholdfast.disk-reserve=16M");
    }

    private static SqsClient clientOf(ServerProcess server) {
        return server.clientBuilder()
                .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static void awaitReserveFile(Path data) {
        await("the reserve file").atMost(DEADLINE).until(() -> {
            Path reserve = data.resolve("disk-reserve");
            return Files.exists(reserve) && Files.size(reserve) >= 8 << 20;
        });
    }

    private static JsonNode disk(ServerProcess server) throws IOException {
        return new ObjectMapper()
                .readTree(server.get("/_holdfast/durability").body())
                .get("disk");
    }

    private static void send(SqsClient sqs, String url) {
        send(sqs, url, BODY);
    }

    private static void send(SqsClient sqs, String url, String body) {
        sqs.sendMessage(request -> request.queueUrl(url).messageBody(body));
    }

    private static int sendUntilRefused(SqsClient sqs, String url) {
        return sendUntilRefused(sqs, url, BODY);
    }

    /** Returns how many were accepted. */
    private static int sendUntilRefused(SqsClient sqs, String url, String body) {
        for (int sent = 0; sent < 1_000; sent++) {
            try {
                send(sqs, url, body);
            } catch (SqsException refusal) {
                assertThat(refusal.statusCode()).isEqualTo(503);
                assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ServiceUnavailable");
                return sent;
            }
        }
        throw new AssertionError("the disk took everything");
    }

    private static boolean isAccepted(SqsClient sqs, String url) {
        try {
            send(sqs, url);
            return true;
        } catch (SqsException refusal) {
            assertThat(refusal.statusCode()).isEqualTo(503);
            return false;
        }
    }

    private static int receiveAndDeleteAll(SqsClient sqs, String url) {
        int deleted = 0;
        for (List<Message> messages = receive(sqs, url); !messages.isEmpty(); messages = receive(sqs, url)) {
            delete(sqs, url, messages);
            deleted += messages.size();
        }
        return deleted;
    }

    private static List<Message> receive(SqsClient sqs, String url) {
        return sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
                .messages();
    }

    private static void delete(SqsClient sqs, String url, List<Message> messages) {
        messages.forEach(
                message -> sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle())));
    }
}
