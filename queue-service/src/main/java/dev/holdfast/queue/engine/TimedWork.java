package dev.holdfast.queue.engine;

import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;

/** Work beside the requests that the clock asks for, in transactions of its own or in theirs. Writer thread only. */
public interface TimedWork {
    /** A start, or a rollback: read from disk what is to do. */
    void recover(Tx tx) throws SQLException;

    /** When there is something to do, in milliseconds since 1970; Long.MAX_VALUE for never. */
    long nextMillis();

    void run(Tx tx) throws SQLException;
}
