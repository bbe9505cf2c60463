package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.ServerProcess;
import dev.holdfast.queue.store.Halt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody deletes or replaces a file of the database while clients send. Writes and syncs of such a file succeed, so only the
 * server's own look at it ends the acknowledgements of what nobody will find.
 */
class VanishedFileIT {
    /** The look comes once a second; the rest is for a machine that is busy. */
    private static final Duration MAX_UNTIL_EXIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private interface Deed {
        void on(Path file) throws IOException;
    }

    @Test
    void deletedDatabaseEndsTheProcess() throws IOException {
        endsAfter(Files::delete, "queue.db", "deleted");
    }

    @Test
    void deletedLogEndsTheProcess() throws IOException {
        endsAfter(Files::delete, "queue.db-wal", "deleted");
    }

    @Test
    void replacedDatabaseEndsTheProcess() throws IOException {
        endsAfter(
                file -> {
                    Path copy = folder.resolve("copy");
                    Files.copy(file, copy);
                    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
                },
                "queue.db",
                "replaced");
    }

    private void endsAfter(Deed deed, String name, String fate) throws IOException {
        try (ServerProcess server = new ServerProcess(folder);
                Load load = new Load(server)) {
            load.start();
            load.awaitSends(50);

            deed.on(folder.resolve(name));
            int exitCode = server.awaitExit(MAX_UNTIL_EXIT);

            assertThat(exitCode).isEqualTo(Halt.EXIT_CODE);
            List<String> halts = server.printed()
                    .lines()
                    .filter(line -> line.contains("event=halt"))
                    .toList();
            assertThat(halts)
                    .singleElement()
                    .asString()
                    .contains(folder.resolve(name) + " was " + fate, "restore a backup");
        }
    }
}
