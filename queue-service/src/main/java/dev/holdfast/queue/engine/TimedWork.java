package dev.holdfast.queue.engine;

import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;

/** Work that the clock asks for, in the transactions of requests or in ones of its own. Writer thread only. */
public interface TimedWork {
    /** A start, or a rollback: read from disk what is to do. */
    void recover(Tx tx) throws SQLException;

    /** When there is something to do, in milliseconds since 1970; Long.MAX_VALUE for never. */
    long nextMillis();

    void run(Tx tx) throws SQLException;
}
