package dev.holdfast.benchmark.server;

import dev.holdfast.benchmark.client.Control;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One running server with its own port and an empty folder for its files, both gone after {@link #close}. */
public final class Server implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 20;
    private static final long PROBE_MILLIS = 4;

    private final ServerKind kind;
    private final Process process;
    private final int port;
    private final Path data;
    private final Control control;
    private final Duration startTime;

    private Server(ServerKind kind, Process process, long startNanos, int port, Path data) {
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
            Files.createDirectories(logs);
            Path data = Files.createTempDirectory("holdfast-benchmark-" + kind.id());
            int port = freePort();
            ServerKind.Launch launch = kind.launch(places, port, data);
            ProcessBuilder builder = new ProcessBuilder(launch.command())
                    .directory(data.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            logs.resolve(kind.id() + ".log").toFile()));
            builder.environment().putAll(launch.environment());
            builder.environment().put("JAVA_HOME", places.javaHome().toString());
            long startNanos = System.nanoTime();
            return new Server(kind, builder.start(), startNanos, port, data);
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
        signal("-STOP");
    }

    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .inheritIO()
                    .start();
            kill.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration awaitReady(long startNanos) {
        while (!control.answers()) {
            if (!process.isAlive()) {
                deleteFiles();
                throw new IllegalStateException("it ended with exit code " + process.exitValue()
                        + " before it was ready; " + kind.id() + ".log says why");
            }
            if (System.nanoTime() - startNanos > READY_LIMIT.toNanos()) {
                close();
                throw new IllegalStateException(
                        "it was not ready within " + READY_LIMIT.toSeconds() + " s; " + kind.id() + ".log may say why");
            }
            pauseBeforeNextProbe();
        }
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private static void pauseBeforeNextProbe() {
        try {
            TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A port of loopback that nobody has now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        resume();
        control.close();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
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
