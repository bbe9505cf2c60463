package dev.holdfast.consumer.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.harness.Deadline;
import dev.holdfast.kit.sqlite.Database;
import dev.holdfast.kit.sqlite.DatabaseException;
import dev.holdfast.kit.sqlite.Tx;
import dev.holdfast.kit.sqlite.UnusableDatabaseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final int OURS = 20;

    @TempDir
    Path folder;

    @Test
    void aFileOfSomebodyElseIsRefusedAndLeftAsItWas() throws Exception {
        Path file = folder.resolve("other.db");
        execute(file, "create table theirs (x)");
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> AnalyticsDatabase.open(file))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("database of another program")
                .hasMessageContaining("consumer.database");

        assertThat(file).hasBinaryContent(before);
        assertThat(folder.toFile().list()).containsExactly("other.db");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAsItWas() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "not a database");

        assertThatThrownBy(() -> AnalyticsDatabase.open(file)).hasMessageContaining("is not a SQLite database");
        assertThatThrownBy(() -> AnalyticsDatabase.open(folder)).hasMessageContaining("is not a file");

        assertThat(file).hasContent("not a database");
    }

    @Test
    void aFileOfANewerVersionIsRefused() throws Exception {
        Path file = folder.resolve("newer.db");
        AnalyticsDatabase.open(file).close();
        execute(file, "pragma user_version = 99");

        assertThatThrownBy(() -> AnalyticsDatabase.open(file)).hasMessageContaining("newer version (schema 99");
    }

    @Test
    void everyCommitIsSyncedAndReadersDoNotWait() throws Exception {
        try (Database database = AnalyticsDatabase.open(folder.resolve("a.db"))) {
            database.write(tx -> {
                assertThat(tx.one("pragma synchronous", row -> row.getInt(1))).contains(2);
                assertThat(tx.one("pragma journal_mode", row -> row.getString(1)))
                        .contains("wal");
                tx.update("update progress set applied = 7");

                assertThat(database.<Long>read(
                                reader -> reader.one("select applied from progress", row -> row.getLong(1))
                                        .orElseThrow()))
                        .isZero();
                return 0;
            });
        }
    }

    @Test
    void oneThatWritesAllDayDoesNotShutOthersOut() throws Exception {
        Path file = folder.resolve("a.db");
        AtomicLong busyWrites = new AtomicLong();
        try (Database busy = AnalyticsDatabase.open(file);
                Database other = AnalyticsDatabase.open(file)) {
            AtomicBoolean done = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> {
                while (!done.get()) {
                    busy.write(DatabaseTest::takeSomeMilliseconds);
                    busyWrites.incrementAndGet();
                }
            });
            try {
                Deadline.await("it writes").until(() -> busyWrites.get() >= 3);
                for (int i = 0; i < OURS; i++) {
                    other.write(tx -> tx.update("update progress set failures = failures + 1"));
                }
            } finally {
                done.set(true);
                writer.join();
            }
        }
        assertThat(busyWrites.get())
                .as("transactions that went before ten of ours")
                .isLessThan(40);
    }

    private static long takeSomeMilliseconds(Tx tx) throws SQLException {
        tx.update("update progress set applied = applied + 1");
        return tx.one("""
                with recursive n (i) as (select 1 union all select i + 1 from n where i < 300000)
                select count(*) from n
                """, row -> row.getLong(1)).orElseThrow();
    }

    @Test
    void whatThrowsLeavesNothingBehind() throws Exception {
        try (Database database = AnalyticsDatabase.open(folder.resolve("a.db"))) {
            assertThatThrownBy(() -> database.write(tx -> {
                        tx.update("update progress set applied = 7");
                        return tx.update("update progress set kept_events = -1");
                    }))
                    .isInstanceOf(DatabaseException.class)
                    .satisfies(e ->
                            assertThat(((DatabaseException) e).isBeyondRetry()).isFalse());

            database.write(tx -> tx.update("update progress set failures = 1"));
            assertThat(database.<Long>read(tx -> tx.one("select applied from progress", row -> row.getLong(1))
                            .orElseThrow()))
                    .isZero();
        }
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
