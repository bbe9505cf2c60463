package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.ServerProcess;
import dev.holdfast.queue.sqlite.Halt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sync fails, whether of the log or of the database file, and what it should have written is lost, whatever later syncs
 * say. The process must end at once, without an answer that it cannot keep.
 */
class FailedSyncIT {
    private static final Duration MAX_UNTIL_EXIT = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @Test
    void nothingIsAcknowledgedAndTheProcessEnds() throws IOException {
        failEachSyncUpTo(6);
    }

    @Test
    @Tag("long")
    void nothingIsAcknowledgedAndTheProcessEndsAtAnyOfFiftySyncs() throws IOException {
        failEachSyncUpTo(50);
    }

    /**
     * The checkpointer's sync of the log takes with it what the writer has just written there. The writer must learn it from
     * its own sync, and not acknowledge, long before the checkpointer says so.
     */
    @Test
    void whatTheCheckpointersFailedSyncLosesIsNotAcknowledged() throws IOException {
        FaultyDisk disk = FaultyDisk.under(folder);
        try (ServerProcess server = new ServerProcess(folder, disk.environment());
                Load load = new Load(server)) {
            for (int round = 1; round <= 3; round++) {
                load.start();
                load.awaitSends(200);
                disk.failNextSyncOf("checkpoint", Duration.ofSeconds(2));

                int exitCode = server.awaitExit(MAX_UNTIL_EXIT);
                load.stop();
                server.restart();

                assertThat(exitCode).isEqualTo(Halt.EXIT_CODE);
                Findings.of(server, load).areNone("the checkpointer's sync failed, round %d".formatted(round));
            }
        }
    }

    private void failEachSyncUpTo(int last) throws IOException {
        FaultyDisk disk = FaultyDisk.under(folder);
        try (ServerProcess server = new ServerProcess(folder, disk.environment());
                Load load = new Load(server)) {
            for (int sync = 1; sync <= last; sync++) {
                disk.failSync(sync);
                load.start();

                int exitCode = server.awaitExit(MAX_UNTIL_EXIT);
                load.stop();
                server.restart();

                assertThat(exitCode).as("exit code after sync %d", sync).isEqualTo(Halt.EXIT_CODE);
                Findings.of(server, load).areNone("sync %d failed".formatted(sync));
            }
            assertThat(server.printed().lines().filter(line -> line.contains("event=halt")))
                    .hasSizeGreaterThanOrEqualTo(last)
                    .allMatch(line -> line.contains("restart to read the disk again"));
            System.out.printf("FailedSyncIT: %d syncs failed; %s, none lost%n", last, load);
        }
    }
}
