package dev.holdfast.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A child process of the tests. None outlives their JVM; closing kills one that still runs, with
 * what it has started itself.
 */
public final class RunningProgram implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(RunningProgram::end), "end-programs"));
    }

    private final Process process;
    private final Path log;
    private final long logBegin;

    RunningProgram(Process process, Path log, long logBegin) {
        this.process = process;
        this.log = log;
        this.logBegin = logBegin;
        ALIVE.add(process);
        process.onExit().thenAccept(ALIVE::remove);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed so far. */
    public String printed() {
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(logBegin);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** SIGTERM, as systemd and infra/demo send it. Returns the exit code. */
    public int stop() {
        process.destroy();
        return awaitEnd();
    }

    /** SIGKILL: no last word. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ctrl-C. */
    public void interrupt() {
        signal("-INT");
    }

    /** Takes the CPU away from it, as a machine does that is far too busy. */
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    /** Waits until it has ended, for at most a minute. Returns the exit code. */
    public int awaitEnd() {
        return awaitEnd(STOP_LIMIT);
    }

    /** Waits until it has ended. Returns the exit code; one that does not end in time is killed and is an error. */
    public int awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
                throw new IllegalStateException(
                        "%s: still running after %s:%n%s".formatted(command(), limit, printed()));
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            end(process);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command(), interrupted);
        }
    }

    /** @throws IllegalStateException with what it has printed, where it has ended */
    public void checkAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("ended with exit code " + process.exitValue() + ":\n" + printed());
        }
    }

    @Override
    public void close() {
        end(process);
        awaitEnd();
    }

    private void signal(String signal) {
        Program.Outcome outcome =
                Program.of("kill", signal, Long.toString(pid())).run(STOP_LIMIT);
        if (outcome.exitCode() != 0 && isAlive()) {
            throw new IllegalStateException("kill " + signal + ": " + outcome.output());
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private String command() {
        return process.info().commandLine().orElse("pid " + pid());
    }
}
