package dev.holdfast.queue.store.sqlite;

import dev.holdfast.queue.store.Halt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database's files are still the ones that SQLite has open. A file that was deleted or replaced takes writes
 * and syncs as before, but nobody finds them again, and SQLite does not notice. So the inode behind each name is checked, and
 * the process ends when it is another: what was acknowledged since the last check is lost with the file, and nothing later. Thread-safe.
 */
public final class OpenFiles implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OpenFiles.class);

    private final Halt halt;
    /** By name, what the file system knows the open file by; null where it has no such thing, and only absence is noticed. */
    private final Map<Path, @Nullable Object> keys = new LinkedHashMap<>();

    private boolean closed;

    /** To be made while SQLite has the files open, so that all are there. */
    public OpenFiles(Database database, Halt halt) throws IOException {
        this.halt = halt;
        for (Path file : List.of(database.file(), database.walFile(), database.sharedMemoryFile())) {
            keys.put(file, key(file));
        }
    }

    /** Looks, and halts the process when a file is not the one; to be called about once a second. */
    public synchronized void check() {
        if (closed) {
            return;
        }
        for (Map.Entry<Path, @Nullable Object> opened : keys.entrySet()) {
            String fate = fate(opened.getKey(), opened.getValue());
            if (fate != null) {
                closed = true;
                LOG.fatalf(
                        "event=halt reason=\"%s was %s while in use; what only it held is lost, and what was acknowledged since, about a second\""
                                + " action=\"restore a backup before the next start, which else begins with what is in %s\"",
                        opened.getKey(), fate, opened.getKey().toAbsolutePath().getParent());
                halt.halt(opened.getKey() + " was " + fate);
            }
        }
    }

    /** Null while all is well. */
    private static @Nullable String fate(Path file, @Nullable Object openedKey) {
        try {
            Object key = key(file);
            return key == null || key.equals(openedKey) ? null : "replaced";
        } catch (IOException e) {
            return Files.notExists(file) ? "deleted" : null;
        }
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** From here on SQLite itself may delete its log. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
