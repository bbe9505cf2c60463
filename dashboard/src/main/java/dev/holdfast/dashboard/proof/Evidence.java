package dev.holdfast.dashboard.proof;

import dev.holdfast.dashboard.analytics.Applied;
import dev.holdfast.dashboard.sqs.Ledger;
import dev.holdfast.dashboard.sqs.QueueFigures;
import org.jspecify.annotations.Nullable;

/**
 * The three parties' own numbers, read in this order: producer, queue, consumer. The order is what makes the live
 * check sound: whatever was acknowledged before the queue was read is in the queue then, or has left it by then.
 *
 * @param absent the part that could not be read just now, in words; null when all three answered
 * @param through all sequences up to this one are acknowledged
 * @param outbox generated and not acknowledged yet
 * @param deletedByHand messages deleted from the main queue in the console
 */
public record Evidence(
        @Nullable String absent,
        @Nullable String producerId,
        @Nullable Long acknowledged,
        @Nullable Long through,
        @Nullable Long outbox,
        @Nullable QueueFigures main,
        @Nullable QueueFigures deadLetters,
        @Nullable Long droppedWithQueues,
        long deletedByHand,
        @Nullable Applied applied,
        @Nullable Long duplicatesAbsorbed) {

    @Nullable Long stored() {
        return main == null ? null : main.stored();
    }

    @Nullable Long deadLettered() {
        return deadLetters != null ? (Long) deadLetters.stored() : main == null ? null : 0L;
    }

    /**
     * Messages that left without being applied, by a named door; null without a ledger. Nothing but a hand deletes
     * from the dead-letter queue, so its deletes count; and what was moved to neither of the two queues counts too.
     */
    @Nullable Long leftUnapplied() {
        Ledger in = main == null ? null : main.ledger();
        if (in == null || droppedWithQueues == null) {
            return null;
        }
        Ledger dead = deadLetters == null || deadLetters.ledger() == null
                ? new Ledger(0, 0, 0, 0, 0, 0, 0)
                : deadLetters.ledger();
        long movedElsewhere = Math.max(0, in.movedOut() + dead.movedOut() - in.movedIn() - dead.movedIn());
        return in.expired()
                + in.purged()
                + dead.expired()
                + dead.purged()
                + dead.deleted()
                + movedElsewhere
                + droppedWithQueues
                + deletedByHand;
    }

    /** Whether nothing is on its way: everything generated is acknowledged and the main queue is empty. */
    boolean atRest() {
        return outbox != null && outbox == 0 && main != null && main.stored() == 0;
    }
}
