package dev.holdfast.endtoend.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.Repository;
import dev.holdfast.harness.RunningProgram;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Web;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** infra/demo as a person types it, with ports and a folder of its own. Closing stops what it started. */
public final class Demo implements AutoCloseable {
    /** A build may be part of it. */
    public static final Duration COMMAND_DEADLINE = Duration.ofMinutes(5);

    private final Pipeline places;
    private final Path folder;
    private final Map<String, String> secrets;

    public Demo(Path folder) {
        this(folder, Map.of());
    }

    /** @param secrets beside the ports, as variables of the environment that the person who types has set */
    public Demo(Path folder, Map<String, String> secrets) {
        this.folder = folder;
        this.secrets = Map.copyOf(secrets);
        this.places = new Pipeline(folder.resolve("home"));
    }

    public Program.Outcome run(String... arguments) {
        return command(arguments).run(COMMAND_DEADLINE);
    }

    public JsonNode status() {
        return Web.parse(run("status", "--json").output());
    }

    /** One still running. */
    public RunningProgram inForeground() {
        return command().start(folder.resolve("foreground.log"));
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

    /** With Ctrl-C at its default even where the tests themselves run in the background. */
    private Program command(String... arguments) {
        return Program.of(
                        "env", "--default-signal=INT", Repository.infra("demo").toString())
                .and(List.of(arguments))
                .with(places.environment())
                .with(secrets);
    }
}
