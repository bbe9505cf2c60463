package dev.holdfast.container;

import dev.holdfast.harness.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Podman with a storage of its own, on the machine's network. Closing removes all containers, volumes and images. */
final class Podman implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /**
     * Where the machine is itself a container, or has no systemd: runc copes with mixed control groups, and podman's own limits may be
     * higher than those of the process that asks.
     */
    private static final List<String> MODEST = List.of("--runtime", "runc", "--cgroup-manager", "cgroupfs");

    private static final List<String> MODEST_RUN =
            List.of("--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096");

    private final Path storage;
    private boolean modest;

    Podman(Path storage) {
        this.storage = storage;
    }

    void load(Path archive) {
        succeed("load", "--quiet", "--input", archive.toString());
    }

    /** Whether a container can run here at all; settles which way. */
    boolean works(String image) {
        String[] nothing = {"--rm", "--entrypoint", "/bin/true", image};
        if (run(nothing).exitCode() == 0) {
            return true;
        }
        modest = true;
        return run(nothing).exitCode() == 0;
    }

    /** Runs a container: in the background with {@code --detach}, otherwise to its end. */
    Program.Outcome run(String... arguments) {
        List<String> options = new ArrayList<>(List.of("run", "--network", "host"));
        if (modest) {
            options.addAll(MODEST_RUN);
        }
        options.addAll(Arrays.asList(arguments));
        return call(options);
    }

    Program.Outcome call(String... arguments) {
        return call(Arrays.asList(arguments));
    }

    /** What it prints. */
    String succeed(String... arguments) {
        Program.Outcome outcome = call(arguments);
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException("podman " + String.join(" ", arguments) + ": " + outcome.output());
        }
        return outcome.output();
    }

    private Program.Outcome call(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--log-level",
                "fatal",
                "--root",
                storage.resolve("root").toString(),
                "--runroot",
                storage.resolve("run").toString()));
        if (modest) {
            all.addAll(MODEST);
        }
        all.addAll(arguments);
        return Program.of("podman").and(all).run(LIMIT);
    }

    @Override
    public void close() {
        call("rm", "--all", "--force", "--time", "0");
        call("system", "reset", "--force");
    }
}
