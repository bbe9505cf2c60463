package dev.holdfast.queue.durability;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.ServerProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program, sqlite3 on a console perhaps, holds the write lock of the database while clients send. */
class LockedFileIT {
    /** Two waits for the lock, of ten seconds each, and a busy machine. */
    private static final Duration MAX_UNTIL_ANSWERED = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void lockIsWaitedForAndOneThatStaysIsAnsweredWithErrorsUntilItGoes() throws Exception {
        try (ServerProcess server = new ServerProcess(folder);
                Load load = new Load(server)) {
            load.start();
            load.awaitSends(50);
            lock().close();
            load.awaitSends(50);

            Duration answered;
            int readinessWhileLocked;
            try (Connection other = lock()) {
                long before = System.nanoTime();
                load.awaitEnd();
                load.stop();
                answered = Duration.ofNanos(System.nanoTime() - before);
                readinessWhileLocked = server.get("/q/health/ready").statusCode();
                assertThat(other.isClosed()).isFalse();
            }
            // Nobody sends: the server finds out by itself that the lock is gone.
            await("the server is ready again")
                    .atMost(MAX_UNTIL_ANSWERED)
                    .until(() -> server.get("/q/health/ready").statusCode() == 200);

            load.start();
            load.awaitSends(50);
            load.stop();
            assertThat(readinessWhileLocked).isEqualTo(503);
            assertThat(answered).as("until all were answered").isLessThan(MAX_UNTIL_ANSWERED);
            assertThat(server.printed()).contains("event=database-locked").doesNotContain("event=halt");
            Findings.of(server, load).areNone("after the lock");
            System.out.printf("LockedFileIT: all clients were answered after %d ms; %s%n", answered.toMillis(), load);
        }
    }

    /** Held until it is closed. */
    private Connection lock() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("queue.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            statement.execute("begin immediate");
        }
        return connection;
    }
}
