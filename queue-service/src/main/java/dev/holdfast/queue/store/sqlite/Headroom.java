package dev.holdfast.queue.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * What may still be written so that the disk never fills up by our own doing. Two things take space: the log, at once, and the
 * database file, when the log is folded into it. While another program holds a read transaction nothing can be folded in, so
 * that space has to stay free however long that takes: a disk without it could neither shorten the log nor start over.
 *
 * <p>A write is weighed by a generous estimate; where that does not fit, the disk is looked at again, and only then is the
 * write refused. Used on the writer thread only.
 */
public final class Headroom {
    /** Kept free of every write: a start needs some, and so does folding the log in. */
    static final long FLOOR_BYTES = 2L << 20;

    /** Pages that a write touches beside its own bytes, when it shares its transaction with others. */
    private static final long BYTES_A_WRITE = 16L << 10;

    /** Once in the log, once in the database file, and what pages leave unused. */
    private static final int COPIES = 3;

    /** Other programs fill the disk too. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Connection writer;
    private final DiskSpace disk;
    private final Checkpointer checkpointer;
    private final long pageBytes;
    private long usableBytes;
    private long lookedNanos;

    public Headroom(Database database, Connection writer, Checkpointer checkpointer) throws SQLException {
        this.writer = writer;
        this.disk = database.diskSpace();
        this.checkpointer = checkpointer;
        this.pageBytes = Pragmas.readLong(writer, "page_size");
        look();
    }

    /**
     * Whether a write may run; asked outside a transaction, since the log is cut before anything is refused.
     *
     * @param bytes what it brings to be stored; 0 where it only changes or takes out, which may use the reserve
     */
    public boolean admits(long bytes) throws SQLException {
        long cost = COPIES * bytes + BYTES_A_WRITE;
        long kept = bytes > 0 ? Math.max(FLOOR_BYTES, disk.view().reserveBytes()) : FLOOR_BYTES;
        if (System.nanoTime() - lookedNanos > LOOK_NANOS || usableBytes - cost < kept) {
            look();
        }
        if (usableBytes - cost < kept) {
            checkpointer.makeRoom();
            look();
        }
        if (usableBytes - cost < kept) {
            return bytes > 0 ? refuseSends() : takeReserve(cost);
        }
        usableBytes -= cost;
        return true;
    }

    private boolean refuseSends() {
        disk.runsLow();
        return false;
    }

    private boolean takeReserve(long cost) throws SQLException {
        disk.filledUp();
        look();
        boolean fits = usableBytes - cost >= FLOOR_BYTES;
        disk.exhausted(!fits);
        usableBytes -= cost;
        return fits;
    }

    private void look() throws SQLException {
        disk.needsToFold(pages() * pageBytes);
        usableBytes = disk.usableBytes();
        lookedNanos = System.nanoTime();
        if (usableBytes >= 2 * FLOOR_BYTES) {
            disk.exhausted(false);
        }
    }

    /** Of the database with all that is in the log. */
    private long pages() throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery("pragma page_count")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
