package dev.holdfast.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** A packaged service that was started. Closing kills it where it still runs. Not thread-safe, but for {@link #web()}. */
public final class RunningService implements AutoCloseable {
    private final Service service;
    private final Program program;
    private final int port;
    private final Path log;
    private final Web web;
    private RunningProgram process;

    RunningService(Service service, Program program, int port, Path log) {
        this.service = service;
        this.program = program;
        this.port = port;
        this.log = log;
        this.web = new Web(port);
        this.process = program.start(log);
    }

    public int port() {
        return port;
    }

    public URI url() {
        return web.base();
    }

    public Web web() {
        return web;
    }

    /** The process of the latest start. */
    public RunningProgram process() {
        return process;
    }

    /** What it has printed since its latest start. */
    public String printed() {
        return process.printed();
    }

    public void awaitReady() {
        Deadline.await(service.folder() + " is ready").until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("%s did not start, exit code %d:%n%s"
                        .formatted(service.folder(), process.awaitEnd(), printed()));
            }
            return web.answers("/q/health/ready");
        });
    }

    /** Its answer to {@code /api/status}. */
    public JsonNode status() {
        return web.getJson("/api/status");
    }

    /** Waits until it serves its API and the status is as wanted; returns that status. */
    public JsonNode awaitStatus(String what, Predicate<JsonNode> wanted) {
        AtomicReference<JsonNode> last = new AtomicReference<>();
        Deadline.await(what).until(() -> {
            process.checkAlive();
            try {
                last.set(status());
            } catch (UncheckedIOException | IllegalStateException notYet) {
                return false;
            }
            return wanted.test(Objects.requireNonNull(last.get()));
        });
        return Objects.requireNonNull(last.get());
    }

    /** SIGTERM. Returns the exit code. */
    public int stop() {
        return process.stop();
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.kill();
    }

    /** Waits until it has ended by itself. Returns the exit code. */
    public int awaitEnd() {
        return process.awaitEnd();
    }

    /** Starts it again on the same port and files, once it has ended, and waits until it is ready. */
    public void restart() {
        if (process.isAlive()) {
            throw new IllegalStateException("it still runs");
        }
        process = program.start(log);
        awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }
}
