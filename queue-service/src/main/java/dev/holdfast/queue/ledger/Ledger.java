package dev.holdfast.queue.ledger;

/**
 * The counters of one queue since it was created, changed in the same transaction as the rows they count:
 *
 * <pre>sent + movedIn = deleted + movedOut + expired + purged + stock</pre>
 *
 * <p>Writer thread only; others get a {@link Snapshot}.
 */
public final class Ledger {
    private long sent;
    private long movedIn;
    private long deleted;
    private long movedOut;
    private long expired;
    private long purged;
    private long stock;

    /** A ledger at one instant. */
    public record Snapshot(
            long sent, long movedIn, long deleted, long movedOut, long expired, long purged, long stock) {
        public boolean balances() {
            return sent + movedIn == deleted + movedOut + expired + purged + stock;
        }
    }

    public Ledger(Snapshot stored) {
        sent = stored.sent;
        movedIn = stored.movedIn;
        deleted = stored.deleted;
        movedOut = stored.movedOut;
        expired = stored.expired;
        purged = stored.purged;
        stock = stored.stock;
    }

    public Snapshot snapshot() {
        return new Snapshot(sent, movedIn, deleted, movedOut, expired, purged, stock);
    }

    /** The rows the queue holds now: waiting, delayed and in flight. */
    public long stock() {
        return stock;
    }

    public void sent() {
        sent++;
        stock++;
    }

    public void movedIn() {
        movedIn++;
        stock++;
    }

    public void left(Door door) {
        switch (door) {
            case DELETED -> deleted++;
            case MOVED_OUT -> movedOut++;
            case EXPIRED -> expired++;
        }
        stock--;
    }

    /** Everything at once. */
    public void purged() {
        purged += stock;
        stock = 0;
    }
}
