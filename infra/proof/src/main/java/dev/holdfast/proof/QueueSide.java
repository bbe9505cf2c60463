package dev.holdfast.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the queue says: its ledger and that of its dead-letter queue, between the same two commits.
 *
 * @param dropped messages that went with deleted queues of these names
 * @param recreated whether one of the two was deleted before, so that its ledger does not reach back to the first message
 * @param oldestAgeSeconds of the oldest message in the main queue; null where there is none
 */
public record QueueSide(
        Ledger main,
        Ledger dead,
        long dropped,
        boolean recreated,
        @Nullable Long oldestAgeSeconds) {

    /** Asks for both ledgers; empty where the server keeps none, or has no such queue. */
    public static Optional<QueueSide> read(OperatorReads operator, String main, String dead) throws IOException {
        return operator.get("ledger?queue=" + OperatorReads.encoded(main) + "&queue=" + OperatorReads.encoded(dead))
                .flatMap(answer -> of(answer, main, dead));
    }

    /** Reads the answer of {@code GET /_holdfast/ledger}; empty where it does not tell of the main queue. */
    static Optional<QueueSide> of(JsonNode answer, String main, String dead) {
        Optional<JsonNode> mainLine = line(answer, main);
        if (mainLine.isEmpty()) {
            return Optional.empty();
        }
        long dropped = 0;
        for (JsonNode gone : answer.path("dropped")) {
            dropped += gone.path("droppedWithQueue").asLong();
        }
        JsonNode age = mainLine.get().path("oldestAgeSeconds");
        return Optional.of(new QueueSide(
                Ledger.of(mainLine.get().path("ledger")),
                line(answer, dead).map(found -> Ledger.of(found.path("ledger"))).orElse(Ledger.EMPTY),
                dropped,
                !answer.path("dropped").isEmpty(),
                age.isNumber() ? (Long) age.asLong() : null));
    }

    private static Optional<JsonNode> line(JsonNode answer, String queue) {
        for (JsonNode line : answer.path("queues")) {
            if (queue.equals(line.path("name").textValue())) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    /** Messages that left the two queues for a third by message moves, less those that came back. */
    long movedElsewhere() {
        return Math.max(0, main.movedOut() + dead.movedOut() - main.movedIn() - dead.movedIn());
    }

    /**
     * Messages that left unapplied, by a named door. The pipeline deletes nothing from the dead-letter queue, so whatever
     * was deleted there was deleted on purpose.
     */
    long leftByDoor() {
        return main.expired()
                + main.purged()
                + dead.expired()
                + dead.purged()
                + dead.deleted()
                + movedElsewhere()
                + dropped;
    }

    /** All messages of the two queues that are in neither any more. */
    long left() {
        return main.deleted() + leftByDoor();
    }

    /** Whether no message was moved between the two readings, and the dead-letter queue did not change at all. */
    boolean nothingMovedUntil(QueueSide later) {
        return dead.equals(later.dead)
                && main.movedIn() == later.main.movedIn()
                && main.movedOut() == later.main.movedOut()
                && dropped == later.dropped;
    }
}
