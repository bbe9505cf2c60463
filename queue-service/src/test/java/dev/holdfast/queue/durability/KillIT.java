package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 while programs use a standard and a FIFO queue through the unmodified SDK as fast as they can. */
class KillIT {
    @TempDir
    Path folder;

    @Test
    void whatClientsWereToldHoldsAfterEveryKill() throws IOException {
        kill(20);
    }

    @Test
    @Tag("long")
    void whatClientsWereToldHoldsAfterTwoHundredKills() throws IOException {
        kill(200);
    }

    private void kill(int kills) throws IOException {
        long seed = ThreadLocalRandom.current().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        try (ServerProcess server = new ServerProcess(folder);
                Load load = new Load(server);
                FifoLoad fifo = new FifoLoad(server)) {
            for (int kill = 1; kill <= kills; kill++) {
                load.start();
                fifo.start();
                load.awaitSends(random.nextInt(10, 600));
                server.kill();
                load.stop();
                fifo.stop();
                server.restart();

                String occasion = "kill %d of seed %d".formatted(kill, seed);
                Findings.of(server, load).areNone(occasion);
                FifoFindings.areNone(server, fifo, occasion);
            }

            Findings.noneWasDeliveredTwiceWithinItsTimeout(load);
            Findings.firstDeliveriesKeptTheOrderOfEachProducer(load);
            FifoFindings.groupsWereDeliveredInOrder(fifo);
            assertThat(load.acknowledgedDeletes()).as("the load deletes too").hasSizeGreaterThan(kills);
            assertThat(fifo.acknowledgedDeletes())
                    .as("the FIFO load deletes too")
                    .hasSizeGreaterThan(kills);
            assertThat(fifo.resends()).as("batches without an answer").isPositive();
            System.out.printf(
                    "KillIT: %d kills; %s, none lost; %s, none lost, twice or out of turn%n", kills, load, fifo);
        }
    }
}
