package dev.holdfast.dashboard;

import dev.holdfast.harness.ElasticMq;
import dev.holdfast.harness.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An SQS server that is not ours; the pipeline's services are absent, so their ports are closed. */
public final class SqsServer implements QuarkusTestResourceLifecycleManager {
    private @Nullable ElasticMq server;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("dashboard-test");
            server = new ElasticMq(folder);
            return Map.of(
                    "holdfast.sqs.endpoint", server.endpoint().toString(),
                    "dashboard.data-dir", folder.resolve("data").toString(),
                    "dashboard.producer-url", "http://localhost:" + Ports.free(),
                    "dashboard.consumer-url", "http://localhost:" + Ports.free(),
                    "dashboard.consumer-database",
                            folder.resolve("analytics.db").toString());
        } catch (IOException noFolder) {
            throw new UncheckedIOException(noFolder);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }
}
