package dev.holdfast.consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged program in a process of its own. */
final class ConsumerProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final int port = ElasticMq.freePort();
    private final Process process;

    ConsumerProcess(Path folder, URI endpoint, Map<String, String> settings) throws IOException {
        process = start(folder, endpoint, settings, port, List.of());
    }

    /** Runs the command to its end and returns its exit code. */
    static int run(Path folder, URI endpoint, Map<String, String> settings, String... arguments) throws Exception {
        return start(folder, endpoint, settings, ElasticMq.freePort(), List.of(arguments))
                .waitFor();
    }

    JsonNode status() throws Exception {
        return JSON.readTree(get("/api/status").body());
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Sends what no HTTP client would, and returns all that comes back. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void awaitReady() throws Exception {
        Deadline.await("the consumer answers", () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the consumer ended with " + process.exitValue());
            }
            try {
                return get("/q/health/ready").statusCode() == 200;
            } catch (IOException e) {
                return false;
            }
        });
    }

    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static Process start(
            Path folder, URI endpoint, Map<String, String> settings, int port, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ElasticMq.java(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                "target/quarkus-app/quarkus-run.jar"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOLDFAST_DATA_DIR", folder.toString());
        builder.environment().put("HOLDFAST_SQS_ENDPOINT", endpoint.toString());
        builder.environment().put("CONSUMER_PORT", Integer.toString(port));
        builder.environment().putAll(settings);
        return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("consumer.log").toFile()))
                .start();
    }
}
