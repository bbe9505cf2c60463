package dev.holdfast.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A service as the build has packaged it, to be run in a JVM of its own on a free port.
 *
 * @param data the folder for its files; its log is there, too
 * @param options of the JVM, most of them settings: {@code -Dname=value}
 */
public record PackagedService(Service service, Path data, List<String> options, Map<String, String> environment) {
    private static final int JAVA_WITH_AOT_CACHE = 25;

    public PackagedService {
        options = List.copyOf(options);
        environment = Map.copyOf(environment);
    }

    public static PackagedService of(Service service, Path data) {
        return new PackagedService(service, data, List.of(), Map.of());
    }

    public PackagedService with(String... moreOptions) {
        List<String> all =
                Stream.concat(options.stream(), Stream.of(moreOptions)).toList();
        return new PackagedService(service, data, all, environment);
    }

    public PackagedService with(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        return new PackagedService(service, data, options, all);
    }

    /** Starts it and waits until it says that it is ready. */
    public RunningService start() {
        RunningService running = launch();
        try {
            running.awaitReady();
        } catch (RuntimeException | Error notReady) {
            running.close();
            throw notReady;
        }
        return running;
    }

    /** Starts it without waiting for anything. */
    public RunningService launch() {
        int port = Ports.free();
        return new RunningService(service, program(port, List.of()), port, data.resolve("log"));
    }

    /** Runs one of its own commands to the end. */
    public Program.Outcome run(String... arguments) {
        return program(Ports.free(), List.of(arguments)).run(Deadline.LIMIT);
    }

    private Program program(int port, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(startUp());
        command.addAll(options);
        command.addAll(List.of(
                "-jar", service.target().resolve("quarkus-app/quarkus-run.jar").toString()));
        command.addAll(arguments);
        return Program.java(command)
                .with(Map.of("HOLDFAST_DATA_DIR", data.toString(), service.portSetting(), Integer.toString(port)))
                .with(environment);
    }

    /** What the build has learned about its classes; without, it does without the second compiler. */
    private List<String> startUp() {
        Path cache = service.target().resolve("app.aot");
        return Runtime.version().feature() >= JAVA_WITH_AOT_CACHE && Files.exists(cache)
                ? List.of("-XX:+UseCompactObjectHeaders", "-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")
                : List.of("-XX:TieredStopAtLevel=1");
    }
}
