package dev.holdfast.clients;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.harness.Program;
import dev.holdfast.harness.Programs;
import dev.holdfast.harness.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The clients from npm, in the versions of {@code js/package-lock.json}, installed below {@code target}. */
@ExtendWith(QueueService.Running.class)
class NpmClientsIT {
    private static final int OLDEST_NODE = 20;
    private static final Path SOURCES = Repository.infra("clients/js");
    private static final Path INSTALLED = Repository.infra("clients/target/js");
    private static final Path LOCK = INSTALLED.resolve("package-lock.json");

    /** Before each test, not before all: a class that is given up before its first test does not show among the skipped ones. */
    @BeforeEach
    void install() throws IOException {
        int node = nodeVersion();
        assumeTrue(
                node >= OLDEST_NODE,
                "needs Node.js %d or newer, found %s".formatted(OLDEST_NODE, node == 0 ? "none" : "Node.js " + node));
        assumeFalse(Programs.named("npm").isEmpty(), "no npm here: apt-get install npm");

        boolean installed = Files.isDirectory(INSTALLED.resolve("node_modules"))
                && Files.mismatch(LOCK, SOURCES.resolve("package-lock.json")) == -1;
        Files.createDirectories(INSTALLED);
        try (Stream<Path> sources = Files.list(SOURCES)) {
            sources.filter(Files::isRegularFile).forEach(NpmClientsIT::copy);
        }
        if (installed) {
            return;
        }
        Program.Outcome outcome = Program.of(
                        "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
                .in(INSTALLED)
                .run(Duration.ofMinutes(3));
        if (outcome.exitCode() != 0) {
            System.out.println(outcome.output());
            // Not half an installation that the next run takes for a whole one.
            Files.deleteIfExists(LOCK);
        }
        assumeTrue(outcome.exitCode() == 0, "npm could not install the clients, see the output of this test");
    }

    @Test
    void awsSdkForJavaScript(QueueService server) {
        run(server, "client-sqs.test.mjs");
    }

    @Test
    void sqsConsumer(QueueService server) {
        run(server, "sqs-consumer.test.mjs");
    }

    private static void run(QueueService server, String tests) {
        Script.of(server, INSTALLED, "node", "--test", "--test-reporter=spec", tests)
                .succeeds(Duration.ofMinutes(3));
    }

    private static int nodeVersion() {
        if (Programs.named("node").isEmpty()) {
            return 0;
        }
        String major = Program.of("node", "--print", "process.versions.node.split('.')[0]")
                .run(Duration.ofMinutes(1))
                .output();
        return Integer.parseInt(major.strip());
    }

    private static void copy(Path source) {
        try {
            Files.copy(source, INSTALLED.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
