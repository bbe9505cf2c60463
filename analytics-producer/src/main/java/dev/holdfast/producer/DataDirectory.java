package dev.holdfast.producer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder of the outbox, held by one process at a time: two would give out the same sequence. */
final class DataDirectory implements AutoCloseable {
    private final Path folder;
    private final FileChannel lockFile;

    private DataDirectory(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    static DataDirectory hold(Path folder) throws StartFailure {
        FileChannel lockFile = null;
        try {
            Files.createDirectories(folder);
            lockFile = FileChannel.open(
                    folder.resolve("producer.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                lockFile.close();
                throw new StartFailure("Another producer uses the folder " + folder.toAbsolutePath()
                        + ". Stop it, or name another folder by HOLDFAST_DATA_DIR.");
            }
            return new DataDirectory(folder, lockFile);
        } catch (IOException e) {
            throw new StartFailure("Cannot use the folder " + folder.toAbsolutePath() + ": " + e
                    + ". Check its permissions, or name another by HOLDFAST_DATA_DIR.");
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException ownProcess) {
            return null;
        }
    }

    Path outbox() {
        return folder.resolve("producer.db");
    }

    /** Gives the folder free; a process that dies does that too. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new IllegalStateException("the lock of " + folder + " was not given back", e);
        }
    }
}
