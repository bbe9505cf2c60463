package dev.holdfast.queue.store.sqlite;

import dev.holdfast.queue.store.Sql;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A copy of a database in one snapshot while others write to it. The log cannot start over while the copy reads, so there
 * must be room for the copy and for a log that grows meanwhile.
 */
public final class Backup {
    private Backup() {}

    /** There is no room for a backup; the sentence says how much is needed. */
    public static final class NoRoom extends Exception {
        private static final long serialVersionUID = 1;

        NoRoom(String message) {
            super(message);
        }
    }

    /** Bytes that must be free to back a database up: a copy, and as much again for the log. */
    private static long neededBytes(Path database) throws IOException {
        return 2 * Files.size(database) + (16L << 20);
    }

    /**
     * Writes the copy. It has its name only once it is whole and on disk.
     *
     * @param target must not exist
     * @throws NoRoom when the disk is too full to begin
     */
    public static void write(Database database, Path target) throws SQLException, IOException, NoRoom {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no folder for " + target);
        }
        Files.createDirectories(folder);
        long needed = neededBytes(database.file());
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < needed) {
            throw new NoRoom("A backup needs " + needed
                    + " bytes free, for the copy and for the log that grows meanwhile; " + free + " are.");
        }
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        try (Connection connection = database.connect();
                PreparedStatement vacuum = connection.prepareStatement("vacuum into ?")) {
            vacuum.setString(1, unfinished.toString());
            vacuum.execute();
        }
        try (FileChannel file = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** What a backup holds, by its own count. */
    public record Contents(long queues, long messages, boolean intact, boolean balanced) {}

    /** Reads a backup through: its pages, and whether the rows of every queue are those that its ledger counts. */
    public static Contents verify(Path backup) throws SQLException {
        record Ledgers(long queues, long messages, long unbalanced) {}
        try (Connection connection = Database.readOnly(backup);
                Sql sql = new Sql(connection)) {
            boolean intact = sql.<String>one("pragma quick_check", row -> row.getString(1))
                    .filter("ok"::equals)
                    .isPresent();
            Ledgers ledgers = sql.<Ledgers>one("""
                            select count(*), coalesce(sum(stock), 0), coalesce(sum(stock <> (
                              select count(*) from message
                              where id > id_of(number, purged_through) and id < id_of(number + 1, 0))), 0)
                            from queue
                            where dropped_at is null""", row -> new Ledgers(row.getLong(1), row.getLong(2), row.getLong(3)))
                    .orElseThrow();
            return new Contents(ledgers.queues, ledgers.messages, intact, ledgers.unbalanced == 0);
        }
    }
}
