package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process ends when it is asked to. */
class StopIT {
    @TempDir
    Path folder;

    @Test
    void sigtermUnderLoadEndsInOrder() throws IOException {
        try (ServerProcess server = new ServerProcess(folder);
                Load load = new Load(server)) {
            load.start();
            load.awaitSends(200);

            int exitCode = server.stop();
            load.stop();
            boolean logLeft = Files.exists(folder.resolve("queue.db-wal"));
            server.restart();

            assertThat(exitCode).isZero();
            assertThat(logLeft).as("a log that would have to be replayed").isFalse();
            assertThat(server.get("/_holdfast/durability").body()).contains("\"cleanShutdown\":true");
            Findings.of(server, load).areNone("SIGTERM");
        }
    }
}
