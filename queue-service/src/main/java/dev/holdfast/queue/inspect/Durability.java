package dev.holdfast.queue.inspect;

import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.engine.MessageEngine;
import dev.holdfast.queue.store.sqlite.DiskSpace;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** Says how what is acknowledged is kept, and what the last start found. */
@Path("/_holdfast/durability")
@Blocking
class Durability {
    private final Engine engine;
    private final AgroalDataSource database;

    Durability(Engine engine, AgroalDataSource database) {
        this.engine = engine;
        this.database = database;
    }

    record View(
            String synchronous,
            String journalMode,
            String sqliteVersion,
            String startedAt,
            RecoveryView recovery,
            long walBytes,
            long databaseBytes,
            long diskFreeBytes,
            DiskView disk) {}

    /** Whether sends are refused for lack of space, and since when. */
    record DiskView(String state, String since, long reserveBytes) {
        static DiskView of(DiskSpace.View view) {
            return new DiskView(
                    view.state().name().toLowerCase(Locale.ROOT),
                    Times.text(view.since().toEpochMilli()),
                    view.reserveBytes());
        }
    }

    record RecoveryView(boolean cleanShutdown, int queues, long messages, int deliveries, long tookMillis) {}

    @GET
    public View view() throws SQLException, IOException {
        MessageEngine.Recovery recovery = engine.recovery();
        java.nio.file.Path file = engine.database().file();
        java.nio.file.Path wal = engine.database().walFile();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select sqlite_version(), (select journal_mode from pragma_journal_mode)")) {
            row.next();
            return new View(
                    engine.database().synchronous(),
                    row.getString(2),
                    row.getString(1),
                    Times.text(engine.startedAtMillis()),
                    new RecoveryView(
                            engine.cleanShutdown(),
                            recovery.queues(),
                            recovery.messages(),
                            recovery.deliveries(),
                            recovery.tookMillis()),
                    Files.exists(wal) ? Files.size(wal) : 0,
                    Files.size(file),
                    Files.getFileStore(file).getUsableSpace(),
                    DiskView.of(engine.database().diskSpace().view()));
        }
    }
}
