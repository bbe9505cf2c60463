package dev.holdfast.benchmark.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.benchmark.server.Kernel;
import dev.holdfast.harness.Deadline;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.Repository;
import dev.holdfast.harness.RunningProgram;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Web;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** One service of the pipeline, started by {@code infra/run} on some cores. */
final class Part implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final Web web;
    private final RunningProgram process;

    private Part(int port, RunningProgram process) {
        this.web = new Web(port);
        this.process = process;
    }

    /**
     * Starts it and returns when it is ready; its files and its log are below the folder.
     *
     * @param cores as {@code taskset -c} takes them
     * @param queuePort where the queue is, or is to be
     * @throws IllegalStateException when it ends before it is ready
     */
    static Part start(Service service, String cores, Path folder, int port, int queuePort, String... settings) {
        RunningProgram process = Program.of(
                        "taskset", "-c", cores, Repository.infra("run").toString(), service.folder(), "--")
                .and(List.of(settings))
                .with(Map.of(
                        "HOLDFAST_HOME", folder.toString(), "HOLDFAST_SQS_ENDPOINT", "http://127.0.0.1:" + queuePort))
                .with(Map.of(Service.QUEUE.portSetting(), String.valueOf(queuePort)))
                .with(Map.of(service.portSetting(), String.valueOf(port)))
                .start(folder.resolve(service.folder() + ".log"));
        Part part = new Part(port, process);
        part.await("it is ready", Deadline.LIMIT, () -> part.web.answers("/q/health/ready"));
        return part;
    }

    JsonNode status() {
        return web.getJson("/api/status");
    }

    void post(String path, String json) {
        web.postJson(path, json);
    }

    Duration cpu() {
        return Kernel.cpu(process.pid());
    }

    /** Looks at its status until it is as wanted; returns that one. */
    JsonNode awaitStatus(String what, Duration limit, Predicate<JsonNode> wanted) {
        AtomicReference<JsonNode> last = new AtomicReference<>();
        await(what, limit, () -> {
            last.set(status());
            return wanted.test(Objects.requireNonNull(last.get()));
        });
        return Objects.requireNonNull(last.get());
    }

    private void await(String what, Duration limit, Callable<Boolean> wanted) {
        try {
            Deadline.await(what).atMost(limit).pollInterval(BETWEEN_LOOKS).until(() -> {
                process.checkAlive();
                return wanted.call();
            });
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.stop();
        }
    }
}
