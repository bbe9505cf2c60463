package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.ServerProcess;
import dev.holdfast.queue.store.Halt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A write fails, or a sync, whether of the log or of the database file, and what a sync should have written is lost, whatever
 * later ones say. The process must end at once, without an answer that it cannot keep.
 */
class FailedDiskIT {
    private static final Duration MAX_UNTIL_EXIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void nothingIsAcknowledgedAndTheProcessEnds() throws IOException {
        failEachSyncUpTo(4);
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

    /** With EROFS the kernel has made the file system read-only under the running server. */
    @ParameterizedTest
    @ValueSource(strings = {"EIO", "EROFS"})
    void failedWriteEndsTheProcessAndTheNextFindsAllThatWasAcknowledged(String error) throws IOException {
        FaultyDisk disk = FaultyDisk.under(folder);
        try (ServerProcess server = new ServerProcess(folder, disk.environment());
                Load load = new Load(server)) {
            for (int write : List.of(1, 40)) {
                load.start();
                load.awaitSends(20);
                disk.failWrites(write, error);

                int exitCode = server.awaitExit(MAX_UNTIL_EXIT);
                load.stop();
                server.restart();

                assertThat(exitCode).as("exit code after write %d", write).isEqualTo(Halt.EXIT_CODE);
                Findings.of(server, load).areNone("write %d failed with %s".formatted(write, error));
            }
            assertThat(server.printed().lines().filter(line -> line.contains("event=halt")))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allMatch(line -> line.contains("restart to read the disk again"));
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
            System.out.printf("FailedDiskIT: %d syncs failed; %s, none lost%n", last, load);
        }
    }
}
