package dev.holdfast.observability;

import static dev.holdfast.harness.Deadline.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.harness.Ports;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.RunningProgram;
import dev.holdfast.harness.Web;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Prometheus with this folder's configuration that reads one server, every second. */
final class PrometheusServer implements AutoCloseable {
    private final RunningProgram process;
    private final Web web;

    PrometheusServer(Path folder, int target) throws IOException {
        String configuration = Files.readString(Path.of("prometheus.yml"))
                .replace("127.0.0.1:9324", "127.0.0.1:" + target)
                .replace("scrape_interval: 15s", "scrape_interval: 1s");
        Files.writeString(folder.resolve("prometheus.yml"), configuration);
        Files.copy(Path.of("holdfast.rules.yml"), folder.resolve("holdfast.rules.yml"));
        int port = Ports.free();
        process = Program.of(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("series"),
                        "--web.listen-address=127.0.0.1:" + port)
                .start(folder.resolve("prometheus.log"));
        web = new Web(port);
        await("Prometheus is ready").until(() -> {
            process.checkAlive();
            return web.answers("/-/ready");
        });
    }

    /** How many series an expression has now. */
    int series(String expression) {
        return query("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result")
                .size();
    }

    JsonNode query(String what) {
        return web.getJson("/api/v1/" + what).path("data");
    }

    @Override
    public void close() {
        process.close();
    }
}
