package dev.holdfast.producer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The packaged program, started as a person starts it. */
final class ProducerProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path log;
    private final int port;
    private final Process process;

    /** @param settings as system properties: name=value */
    ProducerProcess(Path folder, URI endpoint, String... settings) throws IOException {
        port = ElasticMq.freePort();
        log = Files.createTempFile(folder, "producer", ".log");
        var command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        for (String setting : settings) {
            command.add("-D" + setting);
        }
        command.addAll(List.of(
                "-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("HOLDFAST_DATA_DIR", folder.resolve("data").toString());
        builder.environment().put("HOLDFAST_SQS_ENDPOINT", endpoint.toString());
        builder.environment().put("PRODUCER_PORT", Integer.toString(port));
        process = builder.start();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return HTTP.send(
                request.uri(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(), path);
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                path);
    }

    /** Sends what no HTTP client would, and returns all that comes back. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    JsonNode status() throws Exception {
        return JSON.readTree(get("/api/status").body());
    }

    /** Waits until the program serves its API and the status is as wanted; returns that status. */
    JsonNode awaitStatus(String what, Predicate<JsonNode> wanted) throws Exception {
        var last = new JsonNode[1];
        try {
            Deadline.await(what, () -> {
                if (!process.isAlive()) {
                    throw new AssertionError("the producer has ended with " + process.exitValue());
                }
                try {
                    last[0] = status();
                } catch (IOException notListeningYet) {
                    return false;
                }
                return last[0].has("producerId") && wanted.test(last[0]);
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + last[0] + "\n" + log(), e);
        }
        return last[0];
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As {@code kill}; the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the producer does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
