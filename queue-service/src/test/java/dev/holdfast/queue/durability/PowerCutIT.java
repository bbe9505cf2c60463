package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power goes while programs send, receive and delete; what was not synced is gone, what was acknowledged is not. */
class PowerCutIT {
    @TempDir
    Path folder;

    @Test
    void nothingAcknowledgedIsLost() throws IOException {
        cutPower(6);
    }

    @Test
    @Tag("long")
    void nothingAcknowledgedIsLostInAHundredCuts() throws IOException {
        cutPower(100);
    }

    /** Every second cut leaves some of the pages that were not synced. */
    private void cutPower(int cuts) throws IOException {
        long seed = ThreadLocalRandom.current().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        FaultyDisk disk = FaultyDisk.under(folder);
        int undone = 0;
        try (ServerProcess server = new ServerProcess(folder, disk.environment());
                Load load = new Load(server)) {
            for (int cut = 1; cut <= cuts; cut++) {
                load.start();
                load.awaitSends(random.nextInt(100, 1_500));
                disk.seesWritesAndSyncs();
                undone += cut % 2 == 0 ? disk.cutPower() : disk.cutPowerLeavingSomePages(random.nextLong());
                server.awaitExit(Duration.ofSeconds(10));
                load.stop();
                server.restart();

                Findings.of(server, load).areNone("cut %d of seed %d".formatted(cut, seed));
            }
            assertThat(undone).as("writes that the cuts undid").isPositive();
            System.out.printf("PowerCutIT: %d cuts undid %d writes; %s, none lost%n", cuts, undone, load);
        }
    }

    /** The same without a sync in each commit: if this lost nothing, the test above would prove nothing. */
    @Test
    void lossIsFoundWhereCommitsAreNotSynced() throws IOException {
        FaultyDisk disk = FaultyDisk.under(folder);
        try (ServerProcess server =
                        new ServerProcess(folder, disk.environment(), "-Dqueue-service.under-test.synchronous=NORMAL");
                Load load = new Load(server)) {
            load.start();
            load.awaitSends(1_000);
            disk.cutPower();
            server.awaitExit(Duration.ofSeconds(10));
            load.stop();
            server.restart();

            // Even the queue may be gone.
            load.createQueue();
            assertThat(Findings.of(server, load).lost()).isNotEmpty();
        }
    }
}
