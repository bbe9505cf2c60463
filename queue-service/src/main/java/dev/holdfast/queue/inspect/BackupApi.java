package dev.holdfast.queue.inspect;

import dev.holdfast.kit.http.Problem;
import dev.holdfast.queue.config.ServerConfig;
import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.store.sqlite.Backup;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Semaphore;

/** Backs the database up while the server runs, into a folder of the server's. */
@Path("/_holdfast/backup")
@Blocking
class BackupApi {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'queue-'uuuuMMdd'T'HHmmss'Z.db'").withZone(ZoneOffset.UTC);
    private static final String ALLOWED_NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}";

    private final Engine engine;
    private final ServerConfig config;
    private final Semaphore one = new Semaphore(1);

    BackupApi(Engine engine, ServerConfig config) {
        this.engine = engine;
        this.config = config;
    }

    /**
     * @param intact whether every page of the copy could be read
     * @param balanced whether the rows of each queue in the copy are as many as its ledger says
     */
    record View(
            String file, long bytes, long tookMillis, long queues, long messages, boolean intact, boolean balanced) {}

    /** Makes a backup and reads it through. The name is one of the server's folder; by default the time. */
    @POST
    public View backUp(@QueryParam("name") @DefaultValue("") String asked) throws SQLException, IOException {
        String name = asked.isEmpty() ? NAME.format(engine.clock().instant()) : asked;
        if (!name.matches(ALLOWED_NAME)) {
            throw Problem.of(400, "A backup's name has letters, digits, '.', '-' and '_', at most 100, and no folder.");
        }
        java.nio.file.Path file = config.backupDir()
                .orElseGet(() -> config.dataDir().resolve("backups"))
                .resolve(name)
                .toAbsolutePath();
        if (Files.exists(file)) {
            throw Problem.of(409, "There is a backup " + file + " already; choose another name.");
        }
        if (!one.tryAcquire()) {
            throw Problem.of(409, "A backup is being made; wait for it.");
        }
        try {
            long start = System.nanoTime();
            Backup.write(engine.database(), file);
            Backup.Contents contents = Backup.verify(file);
            return new View(
                    file.toString(),
                    Files.size(file),
                    (System.nanoTime() - start) / 1_000_000,
                    contents.queues(),
                    contents.messages(),
                    contents.intact(),
                    contents.balanced());
        } catch (Backup.NoRoom e) {
            throw Problem.of(507, String.valueOf(e.getMessage()));
        } finally {
            one.release();
        }
    }
}
