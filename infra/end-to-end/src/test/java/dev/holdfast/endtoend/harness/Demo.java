package dev.holdfast.endtoend.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** infra/demo as a person types it, with ports and a folder of its own. Closing stops what it started. */
public final class Demo implements AutoCloseable {
    /** A build may be part of it. */
    private static final Duration COMMAND_DEADLINE = Duration.ofMinutes(5);

    private final Pipeline places;
    private final Path folder;
    private int commands;

    public Demo(Path folder) {
        this.folder = folder;
        this.places = new Pipeline(folder.resolve("home"));
    }

    /** What a command printed, both streams in order, and its exit code. */
    public record Outcome(int exitCode, String output) {}

    public Outcome run(String... arguments) {
        Path log = nextLog();
        int exitCode = Children.await(begin(log, arguments), COMMAND_DEADLINE);
        return new Outcome(exitCode, read(log));
    }

    public JsonNode status() {
        return Web.parse(run("status", "--json").output());
    }

    /** One still running, with Ctrl-C at its default even where the tests themselves run in the background. */
    public Foreground inForeground() {
        Path log = nextLog();
        return new Foreground(begin(log), log);
    }

    /** A running infra/demo. */
    public record Foreground(Process process, Path log) {
        public String output() {
            return read(log);
        }

        public int pressCtrlC() {
            Children.await(start("kill", "-INT", Long.toString(process.pid())), Duration.ofSeconds(10));
            return Children.await(process, COMMAND_DEADLINE);
        }

        private static Process start(String... command) {
            return Children.start(new ProcessBuilder(command), Path.of("/dev/null"));
        }
    }

    public Path folder(Service service) {
        return places.folder(service);
    }

    public int port(Service service) {
        return places.port(service);
    }

    public Web web(Service service) {
        return places.web(service);
    }

    @Override
    public void close() {
        run("kill");
        places.close();
    }

    private Process begin(Path log, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("env", "--default-signal=INT", Repository.script("demo").toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(places.environment());
        return Children.start(builder, log);
    }

    private Path nextLog() {
        return folder.resolve("command-" + ++commands + ".log");
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
