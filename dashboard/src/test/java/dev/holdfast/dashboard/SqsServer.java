package dev.holdfast.dashboard;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** An SQS server of other people in a process of its own; the pipeline's services are absent, so their ports are closed. */
public final class SqsServer implements QuarkusTestResourceLifecycleManager {
    @org.jspecify.annotations.Nullable private Process process;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("dashboard-test");
            int port = freePort();
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Drest-sqs.bind-hostname=127.0.0.1",
                            "-Drest-sqs.bind-port=" + port,
                            "-Dnode-address.port=" + port,
                            "-Drest-stats.enabled=false",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "org.elasticmq.server.Main")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("elasticmq.log").toFile())
                    .start();
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> listens(port));
            return Map.of(
                    "holdfast.sqs.endpoint", "http://localhost:" + port,
                    "dashboard.data-dir", folder.resolve("data").toString(),
                    "dashboard.producer-url", "http://localhost:" + freePort(),
                    "dashboard.consumer-url", "http://localhost:" + freePort(),
                    "dashboard.consumer-database",
                            folder.resolve("analytics.db").toString());
        } catch (IOException e) {
            throw new IllegalStateException("ElasticMQ does not start", e);
        }
    }

    @Override
    public void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
