package dev.holdfast.queue.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Space kept for the time when there is none: a file of zeros beside the database. Deleting messages writes before it frees
 * anything, so on a full disk the file goes and the deletes have its space. Used by one thread at a time.
 */
final class ReserveFile {
    private static final int STEP_BYTES = 1 << 20;

    private final Path file;
    private final long sizeBytes;

    ReserveFile(Path file, long sizeBytes) {
        this.file = file;
        this.sizeBytes = sizeBytes;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    boolean isComplete() throws IOException {
        return sizeBytes == 0 || (Files.exists(file) && Files.size(file) >= sizeBytes);
    }

    /** Takes the space; it is written, since a file with holes holds none. Nothing stays of an attempt that fails. */
    void allocate() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(STEP_BYTES);
            for (long position = 0; position < sizeBytes; ) {
                zeros.clear().limit((int) Math.min(STEP_BYTES, sizeBytes - position));
                position += channel.write(zeros, position);
            }
            channel.force(false);
        } catch (IOException e) {
            release();
            throw e;
        }
    }

    /** Frees the space for the next write, which should be a delete. */
    void release() throws IOException {
        Files.deleteIfExists(file);
    }
}
