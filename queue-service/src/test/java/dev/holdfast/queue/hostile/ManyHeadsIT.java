package dev.holdfast.queue.hostile;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sqs.SqsClient;

/** With a heap of 256 MiB, connections have the server keep heads that occupy gigabytes, and leave it so. */
class ManyHeadsIT {
    private static final int CONNECTIONS = 2_000;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String TURNED_AWAY = "holdfast_limit_reached_total{limit=\"too_many_heads\"}";
    private static final String KEPT = "holdfast_head_bytes_in_hand_bytes";
    private static final String DIES_WITHOUT_MEMORY = "-XX:+ExitOnOutOfMemoryError";

    /** As many as a head may have: each occupies thirty times its bytes. */
    private static final String TINY_LINES = "a:b\r\n".repeat(3_000);

    private static final String LONG_LINE = "x-long: " + "y".repeat(16_000);

    enum Hostile {
        POLLS_WITH_TINY_LINES {
            @Override
            String bytes(String poll) {
                return RawHttp.head("ReceiveMessage") + TINY_LINES + withLength(poll);
            }
        },
        POLLS_WITH_A_LONG_LINE {
            @Override
            String bytes(String poll) {
                return RawHttp.head("ReceiveMessage") + LONG_LINE + "\r\n" + withLength(poll);
            }
        },
        PIPELINED_BEHIND_A_POLL {
            @Override
            String bytes(String poll) {
                return RawHttp.head("ReceiveMessage")
                        + withLength(poll)
                        + "GET /q/health HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1_000);
            }
        },
        BODIES_THAT_DO_NOT_COME {
            @Override
            String bytes(String poll) {
                return RawHttp.head("SendMessage") + TINY_LINES + "Content-Length: 100\r\n\r\n";
            }
        },
        HEADS_THAT_DO_NOT_END {
            @Override
            String bytes(String poll) {
                return RawHttp.head("SendMessage") + TINY_LINES;
            }
        },
        LINES_THAT_DO_NOT_END {
            @Override
            String bytes(String poll) {
                return RawHttp.head("SendMessage") + LONG_LINE;
            }
        },
        TRAILERS_THAT_DO_NOT_END {
            @Override
            String bytes(String poll) {
                return RawHttp.head("SendMessage") + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + TINY_LINES;
            }
        };

        abstract String bytes(String poll);

        private static String withLength(String body) {
            return "Content-Length: " + body.length() + "\r\n\r\n" + body;
        }
    }

    @TempDir
    static Path folder;

    private static ServerProcess server;
    private static Treasure treasure;

    @BeforeAll
    static void start() throws IOException {
        server = new ServerProcess(folder, DIES_WITHOUT_MEMORY);
        treasure = Treasure.hiddenIn(server);
    }

    @AfterAll
    static void nothingIsLost() throws Exception {
        try {
            treasure.isIntact();
        } finally {
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void endNothing(Hostile hostile) throws Exception {
        double turnedAway = server.metric(TURNED_AWAY);
        List<SocketChannel> connections = new ArrayList<>();
        try (SqsClient sqs = server.client()) {
            String url =
                    sqs.createQueue(request -> request.queueName("waited-on")).queueUrl();
            byte[] bytes = hostile.bytes("{\"QueueUrl\":\"" + url + "\",\"WaitTimeSeconds\":20}")
                    .getBytes(StandardCharsets.US_ASCII);

            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(open(bytes));
            }

            await("the server turns some of them away")
                    .atMost(DEADLINE)
                    .until(() -> server.metric(TURNED_AWAY) > turnedAway);
            double kept = server.metric(KEPT);
            assertThat(kept).isBetween(1e6, 256 * 1024 * 1024 / 8.0);
            assertThat(server.isAlive()).isTrue();
            assertThat(server.printed()).doesNotContain("OutOfMemoryError");
            assertThat(sqs.receiveMessage(request -> request.queueUrl(url)).messages())
                    .as("an answer to somebody else")
                    .isEmpty();
            for (SocketChannel connection : connections) {
                connection.close();
            }
            await("nothing is kept for those that have gone")
                    .atMost(DEADLINE)
                    .until(() -> server.metric(KEPT) < 10_000);
            System.out.printf("ManyHeadsIT: %s, %d times: %.1f MB kept%n", hostile, CONNECTIONS, kept / 1e6);
        } finally {
            for (SocketChannel connection : connections) {
                connection.close();
            }
        }
    }

    /** What a server that has had enough does not read is not sent. */
    private static SocketChannel open(byte[] bytes) throws IOException {
        SocketChannel connection = SocketChannel.open(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.url().getPort()));
        connection.configureBlocking(false);
        try {
            connection.write(ByteBuffer.wrap(bytes));
        } catch (IOException reset) {
            // It was turned away.
        }
        return connection;
    }
}
