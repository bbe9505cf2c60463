package dev.holdfast.kit.sqlite;

import dev.holdfast.kit.start.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Looks at a file before SQLite does, so that somebody else's file is refused without a byte of it changed.
 *
 * <p>Only before: closing any descriptor of a file drops the POSIX locks this process has on it, SQLite's included.
 */
final class DatabaseFile {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 100;
    private static final int APPLICATION_ID_OFFSET = 68;

    private DatabaseFile() {}

    /** Returns where the file is absent, empty, or of this kind; else throws. */
    static void check(Path file, DatabaseKind kind) {
        if (!Files.exists(file)) {
            return;
        }
        if (!Files.isRegularFile(file)) {
            throw new UnusableDatabaseException(file + " is not a file; set " + kind.setting() + " to another path");
        }
        byte[] header = header(file);
        if (header.length == 0) {
            return;
        }
        if (header.length < HEADER_BYTES || !Arrays.equals(MAGIC, Arrays.copyOf(header, MAGIC.length))) {
            throw foreign(file, "is not a SQLite database", kind);
        }
        int applicationId = ByteBuffer.wrap(header).getInt(APPLICATION_ID_OFFSET);
        if (applicationId != kind.applicationId() && !(applicationId == 0 && kind.unmarked())) {
            throw foreign(file, "is the database of another program, not " + kind.name(), kind);
        }
    }

    private static UnusableDatabaseException foreign(Path file, String why, DatabaseKind kind) {
        return new UnusableDatabaseException(file + " " + why + "; it was left untouched; move it away or set "
                + kind.setting() + " to another path");
    }

    private static byte[] header(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            return bytes.readNBytes(HEADER_BYTES);
        } catch (IOException e) {
            throw new UnusableDatabaseException(file + " cannot be read (" + DataFolder.why(e)
                    + "); give this user the right to read and write it");
        }
    }
}
