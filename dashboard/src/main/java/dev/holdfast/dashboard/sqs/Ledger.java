package dev.holdfast.dashboard.sqs;

/** What ever came into a queue and by which door it left: numbers of messages since the queue was created. */
public record Ledger(long sent, long movedIn, long deleted, long movedOut, long expired, long purged, long stock) {

    /** Whether every message that came in is either there or left by a named door. */
    public boolean balanced() {
        return sent + movedIn == deleted + movedOut + expired + purged + stock;
    }
}
