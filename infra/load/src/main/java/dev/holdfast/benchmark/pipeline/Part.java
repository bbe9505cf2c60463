package dev.holdfast.benchmark.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.benchmark.server.Kernel;
import dev.holdfast.benchmark.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** One service of the pipeline, started by {@code infra/run} on some cores. */
final class Part implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 20;
    private static final long LOOK_MILLIS = 250;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final Process process;

    private Part(String name, int port, Process process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts it and returns when it is ready; its output goes to a log in the folder, its files below the folder.
     *
     * @param cores as {@code taskset -c} takes them
     * @param queuePort where the queue is, or is to be
     * @throws IllegalStateException when it ends or is not ready within a minute
     */
    static Part start(Path root, String name, String cores, Path folder, int queuePort, String... settings)
            throws IOException {
        boolean isQueue = name.equals("queue-service");
        int port = isQueue ? queuePort : Server.freePort();
        List<String> command = new ArrayList<>(
                List.of("taskset", "-c", cores, root.resolve("infra/run").toString(), name, "--"));
        command.addAll(List.of(settings));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()));
        builder.environment().put("HOLDFAST_HOME", folder.toString());
        builder.environment().put("QUEUE_PORT", String.valueOf(queuePort));
        builder.environment().put("HOLDFAST_SQS_ENDPOINT", "http://127.0.0.1:" + queuePort);
        if (!isQueue) {
            builder.environment()
                    .put(name.equals("analytics-producer") ? "PRODUCER_PORT" : "CONSUMER_PORT", String.valueOf(port));
        }
        Part part = new Part(name, port, builder.start());
        part.await("it is ready", READY_LIMIT, part::isReady);
        return part;
    }

    JsonNode status() {
        return send(request("/api/status").GET().build());
    }

    void post(String path, String json) {
        send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    Duration cpu() {
        return Kernel.cpu(process.pid());
    }

    /** Looks at its status until it is as wanted; returns that one. */
    JsonNode awaitStatus(String what, Duration limit, Predicate<JsonNode> wanted) {
        JsonNode[] last = new JsonNode[1];
        await(what, limit, () -> {
            last[0] = status();
            return wanted.test(last[0]);
        });
        return last[0];
    }

    private void await(String what, Duration limit, BooleanSupplier wanted) {
        long end = System.nanoTime() + limit.toNanos();
        while (!wanted.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        name + " ended with exit code " + process.exitValue() + "; " + name + ".log says why");
            }
            if (System.nanoTime() > end) {
                close();
                throw new IllegalStateException(
                        name + ": waited " + limit.toSeconds() + " s until " + what + "; " + name + ".log may say why");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private boolean isReady() {
        try {
            send(request("/q/health/ready").GET().build());
            return true;
        } catch (UncheckedIOException | IllegalStateException notYet) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        request.uri() + " was answered with " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
