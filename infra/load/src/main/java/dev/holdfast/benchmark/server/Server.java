package dev.holdfast.benchmark.server;

import dev.holdfast.benchmark.client.Control;
import dev.holdfast.harness.Ports;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One running server with its own port and an empty folder for its files, both gone after {@link #close}. */
public final class Server implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(4);

    private final ServerKind kind;
    private final RunningProgram process;
    private final int port;
    private final Path data;
    private final Control control;
    private final Duration startTime;

    private Server(ServerKind kind, RunningProgram process, long startNanos, int port, Path data) {
        this.kind = kind;
        this.process = process;
        this.port = port;
        this.data = data;
        this.control = new Control(port);
        this.startTime = awaitReady(startNanos);
    }

    /**
     * Starts it and returns when it answers ListQueues; its output goes to {@code <logs>/<id>.log}.
     *
     * @throws IllegalStateException when it ends or is not ready within a minute
     */
    public static Server start(ServerKind kind, Places places, Path logs) {
        try {
            Path data = Files.createTempDirectory("holdfast-benchmark-" + kind.id());
            int port = Ports.free();
            ServerKind.Launch launch = kind.launch(places, port, data);
            Program program = Program.of()
                    .and(launch.command())
                    .in(data)
                    .with(launch.environment())
                    .with(Map.of("JAVA_HOME", places.javaHome().toString()));
            long startNanos = System.nanoTime();
            return new Server(kind, program.start(logs.resolve(kind.id() + ".log")), startNanos, port, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ServerKind kind() {
        return kind;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int port() {
        return port;
    }

    public Control control() {
        return control;
    }

    /** From the start of the process to its first answer. */
    public Duration startTime() {
        return startTime;
    }

    public Duration cpu() {
        return Kernel.cpu(process.pid());
    }

    public long residentBytes() {
        return Kernel.residentBytes(process.pid());
    }

    public long fileBytes() {
        return kind.stores() ? Kernel.folderBytes(data) : 0;
    }

    /** Takes the CPU away from a server that is not being measured, so that its housekeeping does not slow the one that is. */
    public void pause() {
        process.freeze();
    }

    public void resume() {
        process.thaw();
    }

    private Duration awaitReady(long startNanos) {
        while (!control.answers()) {
            if (!process.isAlive()) {
                deleteFiles();
                throw new IllegalStateException("it ended with exit code " + process.awaitEnd()
                        + " before it was ready; " + kind.id() + ".log says why");
            }
            if (System.nanoTime() - startNanos > READY_LIMIT.toNanos()) {
                close();
                throw new IllegalStateException(
                        "it was not ready within " + READY_LIMIT.toSeconds() + " s; " + kind.id() + ".log may say why");
            }
            LockSupport.parkNanos(BETWEEN_PROBES.toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** By SIGTERM, so that a server can still write what it was asked to record. */
    @Override
    public void close() {
        control.close();
        if (process.isAlive()) {
            process.thaw();
            process.stop();
        }
        deleteFiles();
    }

    private void deleteFiles() {
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
