package dev.holdfast.dashboard.demo;

import dev.holdfast.dashboard.PipelineConfig;
import dev.holdfast.kit.http.Loopback;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Runs infra/demo with fixed words, and infra/run beside it for more consumers. Nothing a browser sends reaches a
 * command line but members of two enums. Only while the dashboard listens on loopback.
 */
@ApplicationScoped
public class DemoControl {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int OUTPUT_SHOWN = 2_000;

    private final Optional<Path> command;
    private final Path folder;
    private final Map<ExtraConsumer, Process> extras = new ConcurrentHashMap<>();

    DemoControl(DemoConfig config, PipelineConfig pipeline, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.command = Loopback.isBindAddress(host) ? config.command().map(Path::toAbsolutePath) : Optional.empty();
        this.folder = pipeline.dataDir();
    }

    /** What infra/demo can do to a service. */
    public enum Verb {
        START,
        STOP,
        KILL,
        RESTART
    }

    /** What it can do it to, named as the folders. */
    public enum Service {
        QUEUE_SERVICE,
        ANALYTICS_PRODUCER,
        ANALYTICS_CONSUMER,
        DASHBOARD
    }

    /** The consumers that may join the first. */
    public enum ExtraConsumer {
        C2,
        C3
    }

    /** Exit code and the end of the output. */
    public record Outcome(int exitCode, String output) {}

    /** The services' names, in the order in which they start. */
    public static List<String> services() {
        return Arrays.stream(Service.values()).map(DemoControl::word).toList();
    }

    /** Whether processes may be started and killed here. */
    public boolean isOpen() {
        return command.isPresent();
    }

    /**
     * Runs one command to its end.
     *
     * @throws IOException when it cannot be run or takes longer than 90 s; the message is for people
     */
    public Outcome run(Verb verb, Service service) throws IOException {
        Path output = Files.createTempFile("holdfast-lab", ".log");
        try {
            Process process = builder(open().toString(), word(verb), word(service))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("infra/demo " + word(verb) + " " + word(service) + " takes longer than "
                        + PATIENCE.toSeconds() + " s; it goes on in the background");
            }
            String said = Files.readString(output, StandardCharsets.UTF_8).strip();
            return new Outcome(process.exitValue(), said.substring(Math.max(0, said.length() - OUTPUT_SHOWN)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /**
     * Starts one more consumer on the same database; one that runs already is left alone.
     *
     * @throws IOException when it cannot be started
     */
    public void startExtra(ExtraConsumer name) throws IOException {
        Process running = extras.get(name);
        if (running != null && running.isAlive()) {
            return;
        }
        Path log = folder.resolve(word(name) + ".log");
        extras.put(
                name,
                builder(open().resolveSibling("run").toString(), "analytics-consumer", "--name", word(name))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start());
    }

    /** Ends an extra consumer in order; one that does not run is no error. */
    public void stopExtra(ExtraConsumer name) {
        Process running = extras.remove(name);
        if (running != null) {
            running.destroy();
        }
    }

    @PreDestroy
    void stopExtras() {
        for (ExtraConsumer name : ExtraConsumer.values()) {
            stopExtra(name);
        }
    }

    /** As the command line wants it: QUEUE_SERVICE is queue-service. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Path open() throws IOException {
        return command.orElseThrow(
                () -> new IOException("processes cannot be started from here: dashboard.lab.command is not set"));
    }

    /** Our own data folder is not theirs. */
    private static ProcessBuilder builder(String... words) {
        var builder = new ProcessBuilder(words);
        builder.environment().remove("HOLDFAST_DATA_DIR");
        return builder;
    }
}
