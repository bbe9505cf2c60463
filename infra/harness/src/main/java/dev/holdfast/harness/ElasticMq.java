package dev.holdfast.harness;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** An SQS server of other people, in memory, as a process of its own: what runs on it needs nothing of ours. */
public final class ElasticMq implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Web web = new Web(Ports.free());
    private final RunningProgram process;

    /** @param folder for its log */
    public ElasticMq(Path folder) {
        process = program(LOOPBACK, port()).start(folder.resolve("elasticmq.log"));
        Deadline.await("ElasticMQ is ready").until(() -> {
            process.checkAlive();
            return web.answers("/?Action=ListQueues");
        });
    }

    /** For a test that starts it elsewhere. */
    public static Program program(String address, int port) {
        return Program.java(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Drest-sqs.bind-hostname=" + address,
                "-Drest-sqs.bind-port=" + port,
                "-Drest-sqs.sqs-limits=strict",
                "-Dnode-address.host=" + address,
                "-Dnode-address.port=" + port,
                "-Drest-stats.enabled=false",
                "-cp",
                Repository.ROOT.resolve("infra/elasticmq/target/jars/*").toString(),
                "org.elasticmq.server.Main"));
    }

    public int port() {
        return endpoint().getPort();
    }

    public URI endpoint() {
        return web.base();
    }

    @Override
    public void close() {
        process.close();
    }
}
