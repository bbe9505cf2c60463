package dev.holdfast.kit.start;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder where a service keeps its files. */
public final class DataFolder implements AutoCloseable {
    private static final String LOCK_FILE = "lock";

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Makes the folder where it is missing, and returns it where this process may write into it. */
    public static Path writable(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unusable(folder, why(e));
        }
        if (!Files.isWritable(folder)) {
            throw unusable(folder, "permission denied");
        }
        return folder;
    }

    /** The same, for one process at a time: the folder is given free by {@link #close}, and by a process that dies. */
    public static DataFolder hold(Path folder, String service) {
        writable(folder);
        try {
            FileChannel lockFile = FileChannel.open(
                    folder.resolve(service + "." + LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                lockFile.close();
                throw new StartRefusedException("another " + service + " uses the folder " + folder.toAbsolutePath()
                        + "; stop it, or name another folder by HOLDFAST_DATA_DIR");
            }
            return new DataFolder(folder, lockFile);
        } catch (IOException e) {
            throw unusable(folder, why(e));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException ownProcess) {
            return null;
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new IllegalStateException("the lock of " + path + " was not given back", e);
        }
    }

    private static StartRefusedException unusable(Path folder, String why) {
        return new StartRefusedException("the folder " + folder.toAbsolutePath() + " cannot be used (" + why
                + "); give this user the right to write there, or name another folder by HOLDFAST_DATA_DIR");
    }

    /** The JDK's exceptions tell the reason by their class, and the file again by their message. */
    public static String why(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException file -> file.getFile() + " is a file";
            case FileSystemException e when e.getReason() != null -> e.getFile() + ": " + e.getReason();
            default -> failure.toString();
        };
    }
}
