package dev.holdfast.queue.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations on standard and FIFO queues, on the engine and on the model, with a settable clock, restarts and
 * transactions that fail. A divergence names its seed; {@code -Dholdfast.seed=N} runs that one alone.
 */
class ModelTest {
    private static final int OPERATIONS_A_SEED = 1_000;

    @TempDir
    Path folder;

    @Test
    void engineDoesWhatTheModelDoes() throws Exception {
        Long only = Long.getLong("holdfast.seed");
        if (only != null) {
            run(only);
            return;
        }
        for (long seed = 1; seed <= 10; seed++) {
            run(seed);
        }
    }

    @Test
    @Tag("long")
    void engineDoesWhatTheModelDoesForLong() throws Exception {
        long first = new Random().nextLong(1L << 40);
        for (long seed = first; seed < first + 100; seed++) {
            run(seed);
        }
    }

    private void run(long seed) throws Exception {
        try (ModelRun run = new ModelRun(seed, folder.resolve("seed-" + seed + ".db"))) {
            for (int i = 0; i < OPERATIONS_A_SEED; i++) {
                run.step();
            }
            assertThat(run.operations())
                    .as("operations with an effect, seed %d", seed)
                    .isGreaterThan(100);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }
}
