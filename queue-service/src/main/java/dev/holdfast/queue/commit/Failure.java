package dev.holdfast.queue.commit;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What it means for the database that something failed. */
enum Failure {
    /** I/O and corruption, whatever part of SQLite found it: after these the page cache cannot be trusted. */
    OF_THE_DISK,
    /** No space for a page, or for the index of the log in shared memory; nothing that was written is in doubt. */
    FULL,
    /** By another process, and for longer than a connection waits. */
    LOCKED,
    /** Of one write; its neighbours are sound. */
    OF_A_WRITE;

    static Failure of(Throwable cause) {
        return cause instanceof SQLiteException e ? of(e.getResultCode()) : OF_A_WRITE;
    }

    private static Failure of(SQLiteErrorCode code) {
        if (code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            return FULL;
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY) {
            return LOCKED;
        }
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
            case SQLITE_FULL -> FULL;
            case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_READONLY, SQLITE_CANTOPEN -> OF_THE_DISK;
            default -> OF_A_WRITE;
        };
    }
}
