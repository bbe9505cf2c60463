package dev.holdfast.endtoend.harness;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Another SQS server, in memory, as a process of its own: what runs on it needs nothing of ours. */
public final class ElasticMq implements AutoCloseable {
    private final int port = Ports.free();
    private final Process process;

    public ElasticMq(Path folder) {
        Path log = folder.resolve("elasticmq.log");
        this.process = Children.start(
                new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Drest-sqs.bind-hostname=127.0.0.1",
                        "-Drest-sqs.bind-port=" + port,
                        "-Dnode-address.port=" + port,
                        "-Drest-stats.enabled=false",
                        "org.elasticmq.server.Main")),
                log);
        await("ElasticMQ is ready")
                .atMost(Pipeline.START_DEADLINE)
                .failFast("ElasticMQ runs", () -> Children.checkRunning(process, log))
                .until(() -> new Web(port).answers("/?Action=ListQueues"));
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Children.await(process, Duration.ofSeconds(30));
    }
}
