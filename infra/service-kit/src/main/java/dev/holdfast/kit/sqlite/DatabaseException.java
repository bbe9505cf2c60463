package dev.holdfast.kit.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A transaction that did not commit, and therefore changed nothing. The text can be shown to people. */
public final class DatabaseException extends RuntimeException {
    /** Of an extended error code, which tells more in its upper bits. */
    private static final int PRIMARY_CODE = 0xff;

    private final transient SQLiteErrorCode code;

    DatabaseException(String text, SQLException cause) {
        super(text + ": " + cause.getMessage(), cause);
        code = cause instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    }

    /** True where waiting may help: a disk that is full, a lock that another process holds. */
    public boolean mayPass() {
        int primaryCode = code.code & PRIMARY_CODE;
        return primaryCode == SQLiteErrorCode.SQLITE_FULL.code || primaryCode == SQLiteErrorCode.SQLITE_BUSY.code;
    }

    /**
     * True after an I/O error or on a damaged file. After a failed sync the kernel may have dropped the very pages that a second try
     * would believe written, so these are never retried: the process must end and read the file anew.
     */
    public boolean isBeyondRetry() {
        int primaryCode = code.code & PRIMARY_CODE;
        return primaryCode == SQLiteErrorCode.SQLITE_IOERR.code
                || primaryCode == SQLiteErrorCode.SQLITE_CORRUPT.code
                || primaryCode == SQLiteErrorCode.SQLITE_NOTADB.code;
    }
}
