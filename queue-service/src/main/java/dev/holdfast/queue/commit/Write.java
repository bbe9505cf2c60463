package dev.holdfast.queue.commit;

import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;

/** One caller's share of a group commit. Both methods run on the writer thread. */
public interface Write {
    /**
     * Does the work inside the transaction and registers its answer with {@link Tx#afterCommit}. It may run a second time,
     * after a rollback and a fresh look at the disk, when a neighbour in its batch failed.
     */
    void run(Tx tx) throws SQLException;

    /** The transaction failed; whether it is on disk is known only after a restart. Called instead of the answer. */
    void failed(Exception cause);

    /** About how many bytes this write will store, and holds in memory while it waits; 0 when it only changes or deletes. */
    default int sizeBytes() {
        return 0;
    }
}
