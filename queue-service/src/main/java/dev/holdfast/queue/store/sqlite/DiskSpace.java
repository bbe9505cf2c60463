package dev.holdfast.queue.store.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/**
 * How much room the disk has for the database. Below the reserve nothing new should come in, while what is there can still be
 * taken out; when SQLite reports a full disk, the {@link ReserveFile} goes, so that taking out still works. Leaving both
 * states needs no restart. Thread-safe.
 */
public final class DiskSpace {
    /** A twentieth of the disk between these two, unless it is set; on a disk that is smaller still, a quarter of it. */
    private static final long MAX_DEFAULT_RESERVE_BYTES = 1L << 30;

    private static final long MIN_DEFAULT_RESERVE_BYTES = 16L << 20;
    private static final int DEFAULT_RESERVE_FRACTION = 20;
    private static final int LARGEST_DEFAULT_RESERVE_FRACTION = 4;

    /**
     * Enough to copy a log of the usual size to the database file, after which the log starts over and takes no more
     * space. On a small disk half of the reserve must do.
     */
    private static final long MAX_RESERVE_FILE_BYTES = 32L << 20;

    /** With less than this a start releases the reserve file: opening the database takes some space itself. */
    private static final long NEEDED_TO_START_BYTES = 1L << 20;

    private static final Logger LOG = Logger.getLogger(DiskSpace.class);

    /** What the disk has room for. */
    public enum State {
        /** All. */
        ENOUGH,
        /** Less than the reserve is free, or the log cannot be folded in and has reached its bound. */
        LOW,
        /** SQLite could not write; the reserve file was released. */
        FULL
    }

    /**
     * @param since when it came to this state, by the wall clock
     * @param freeBytes when it was last looked at, without what folding the log into the database file will take
     */
    public record View(State state, Instant since, long freeBytes, long reserveBytes) {}

    private final Path folder;
    private final Path databaseFile;
    private final long reserveBytes;
    private final ReserveFile reserveFile;
    private volatile View view;
    private volatile long unfoldedBytes;
    private volatile boolean exhausted;
    private volatile long heldLogBytes;

    /**
     * @param reserveBytes absent for 5 % of the disk, at least 16 MiB and at most 1 GiB; 0 for none
     */
    DiskSpace(Path databaseFile, Path folder, OptionalLong reserveBytes) throws IOException {
        this.databaseFile = databaseFile;
        this.folder = folder;
        FileStore disk = Files.getFileStore(folder);
        this.reserveBytes = reserveBytes.orElse(defaultReserve(disk.getTotalSpace()));
        this.reserveFile = new ReserveFile(
                folder.resolve("disk-reserve"), Math.min(MAX_RESERVE_FILE_BYTES, this.reserveBytes / 2));
        this.view = new View(State.ENOUGH, Instant.now(), disk.getUsableSpace(), this.reserveBytes);
        if (view.freeBytes < NEEDED_TO_START_BYTES) {
            filledUp();
        } else if (view.freeBytes < this.reserveBytes) {
            change(State.LOW, view.freeBytes);
        }
    }

    private static long defaultReserve(long diskBytes) {
        long share =
                Math.clamp(diskBytes / DEFAULT_RESERVE_FRACTION, MIN_DEFAULT_RESERVE_BYTES, MAX_DEFAULT_RESERVE_BYTES);
        return Math.min(share, diskBytes / LARGEST_DEFAULT_RESERVE_FRACTION);
    }

    public View view() {
        return view;
    }

    /** Whether there is no room even for taking messages out, since another program keeps the log from being folded in. */
    public boolean isExhausted() {
        return exhausted;
    }

    void exhausted(boolean now) {
        exhausted = now;
    }

    /** How large the database file will be once the log is folded in. */
    void needsToFold(long databaseBytes) {
        unfoldedBytes = Math.max(0, databaseBytes - databaseFile.toFile().length());
    }

    /** What can be written without taking the space that folding the log in needs. */
    long usableBytes() {
        return freeBytesOrZero() - unfoldedBytes;
    }

    private long freeBytesOrZero() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The log has grown to its bound because another program reads; 0 for not. */
    public void logIsHeld(long bytes) {
        heldLogBytes = bytes;
    }

    /** The writer has refused to store something for lack of space. */
    synchronized void runsLow() {
        if (view.state == State.ENOUGH) {
            change(State.LOW, usableBytes());
        }
    }

    /** Whether nothing new should come in. */
    public boolean isShort() {
        return view.state != State.ENOUGH;
    }

    /** SQLite has reported a full disk. What it wanted to write was rolled back and can be tried again, if it frees space. */
    public synchronized void filledUp() {
        try {
            reserveFile.release();
            change(State.FULL, usableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks at the disk; to be called about once a second, on a thread that may wait for it. */
    public synchronized void check() {
        try {
            long free = freeBytes() - unfoldedBytes;
            if (view.state == State.ENOUGH) {
                checkEnough(free);
            } else {
                checkShort(free);
            }
        } catch (IOException e) {
            LOG.warnf("event=disk-not-readable folder=%s reason=\"%s\"", folder, e.getMessage());
        }
    }

    private void checkEnough(long free) {
        if (free < reserveBytes || heldLogBytes > 0) {
            change(State.LOW, free);
        } else if (holdsReserve(free)) {
            change(State.ENOUGH, free);
        } else {
            change(State.LOW, free);
        }
    }

    /** A little more than the reserve must be free again, so that the state does not change to and fro. */
    private void checkShort(long free) {
        boolean enough = heldLogBytes == 0 && free >= reserveBytes + reserveBytes / 16 && holdsReserve(free);
        change(enough ? State.ENOUGH : view.state, free);
    }

    /** Whether the reserve file is there, or could be made. */
    private boolean holdsReserve(long free) {
        try {
            if (!reserveFile.isComplete()) {
                if (free < reserveBytes + reserveFile.sizeBytes()) {
                    return false;
                }
                reserveFile.allocate();
            }
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    private void change(State state, long free) {
        boolean isNew = state != view.state;
        view = new View(state, isNew ? Instant.now() : view.since, free, reserveBytes);
        if (isNew && state == State.LOW && heldLogBytes > 0) {
            LOG.warnf(
                    "event=log-held logBytes=%d effect=\"sends are refused, receives and deletes go on\""
                            + " action=\"end the program that holds a read transaction on %s\"",
                    heldLogBytes, databaseFile);
        } else if (isNew && state == State.ENOUGH) {
            LOG.infof("event=disk-space state=enough freeBytes=%d reserveBytes=%d", free, reserveBytes);
        } else if (isNew) {
            LOG.warnf(
                    "event=disk-space state=%s freeBytes=%d reserveBytes=%d effect=\"sends are refused, receives and deletes go on\""
                            + " action=\"free space on the disk of %s\"",
                    state == State.LOW ? "low" : "full", free, reserveBytes, folder);
        }
    }

    private long freeBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }
}
