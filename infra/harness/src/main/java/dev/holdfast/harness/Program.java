package dev.holdfast.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program to be run.
 *
 * @param environment beside what the tests themselves were given; their AWS variables are kept from it
 * @param folder in which it runs
 */
public record Program(List<String> command, Map<String, String> environment, Path folder) {
    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** How it ended, and what it printed: both outputs in order. */
    public record Outcome(int exitCode, String output) {}

    public static Program of(String... command) {
        return new Program(Arrays.asList(command), Map.of(), Path.of(""));
    }

    /** One that runs on the JDK of the tests. */
    public static Program java(List<String> arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return of(java).and(arguments);
    }

    /** The same with more arguments. */
    public Program and(List<String> arguments) {
        return new Program(Stream.concat(command.stream(), arguments.stream()).toList(), environment, folder);
    }

    public Program with(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        return new Program(command, all, folder);
    }

    public Program in(Path other) {
        return new Program(command, environment, other);
    }

    /** Starts it with both outputs appended to the log. */
    public RunningProgram start(Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(Redirect.appendTo(log.toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
            builder.environment().putAll(environment);
            long logBegin = Files.exists(log) ? Files.size(log) : 0;
            return new RunningProgram(builder.start(), log, logBegin);
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    /**
     * Runs it to its end.
     *
     * @throws IllegalStateException with what it has printed, where it does not end in time; then it is killed
     */
    public Outcome run(Duration limit) {
        try {
            Path log = Files.createTempFile("program", ".log");
            try (RunningProgram running = start(log)) {
                int exitCode = running.awaitEnd(limit);
                return new Outcome(exitCode, running.printed());
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException noLog) {
            throw new UncheckedIOException(noLog);
        }
    }
}
