package dev.holdfast.proof;

import com.fasterxml.jackson.databind.JsonNode;

/** What ever came into a queue and by which door it left: numbers of messages since the queue was created. */
public record Ledger(long sent, long movedIn, long deleted, long movedOut, long expired, long purged, long stock) {
    /** Of a queue that never was. */
    public static final Ledger EMPTY = new Ledger(0, 0, 0, 0, 0, 0, 0);

    /** The member {@code ledger} of infra/contract/operator-api.md. */
    public static Ledger of(JsonNode ledger) {
        return new Ledger(
                ledger.path("sent").asLong(),
                ledger.path("movedIn").asLong(),
                ledger.path("deleted").asLong(),
                ledger.path("movedOut").asLong(),
                ledger.path("expired").asLong(),
                ledger.path("purged").asLong(),
                ledger.path("stock").asLong());
    }

    /** Whether every message that came in is either there or left by a named door. */
    public boolean balanced() {
        return sent + movedIn == deleted + movedOut + expired + purged + stock;
    }
}
