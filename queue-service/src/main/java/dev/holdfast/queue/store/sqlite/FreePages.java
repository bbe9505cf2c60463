package dev.holdfast.queue.store.sqlite;

import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;

/**
 * The pages of deleted rows. SQLite uses them for the next rows and never returns them by itself; giving them back moves
 * pages from the end of the file into them, and the file is cut at the next checkpoint.
 */
public final class FreePages {
    /** A quarter of a MiB moved in one transaction: others wait for each. */
    private static final int PAGES_PER_STEP = 32;

    /** 128 MiB of 8 KiB pages: less is soon used again. */
    private static final long KEPT_PAGES = 16_384;

    private FreePages() {}

    /**
     * Gives some back, all of them in the end when the disk is short, otherwise those beyond half of the file.
     *
     * @return whether there is more to do
     */
    public static boolean giveBack(Tx tx, boolean diskIsShort) throws SQLException {
        long free = tx.number("pragma freelist_count");
        boolean wanted = diskIsShort ? free > 0 : free > KEPT_PAGES && free > tx.number("pragma page_count") / 2;
        if (wanted) {
            tx.run("pragma incremental_vacuum(" + PAGES_PER_STEP + ")");
        }
        return wanted;
    }
}
