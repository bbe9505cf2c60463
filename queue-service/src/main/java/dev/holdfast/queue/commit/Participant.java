package dev.holdfast.queue.commit;

import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;

/** Keeps memory in step with the disk, and takes part in every transaction. All methods run on the writer thread. */
public interface Participant {
    /** The last statements of a transaction, after every write of its batch has run. */
    void beforeCommit(Tx tx) throws SQLException;

    /** The transaction was rolled back: forget what memory says and read the disk again. */
    void afterRollback(Tx tx) throws SQLException;

    /** When {@link #wake} must run at the latest, in milliseconds since 1970; Long.MAX_VALUE for never. */
    long nextWakeMillis();

    /** Time has passed: runs inside a transaction, before {@link #beforeCommit}. */
    void wake(Tx tx) throws SQLException;
}
