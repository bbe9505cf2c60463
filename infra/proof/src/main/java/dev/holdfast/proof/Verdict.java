package dev.holdfast.proof;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Weighs the evidence. Of the acknowledged events that are neither applied nor in a queue, so many can have left by a named
 * door as the ledger says. What goes beyond that was deleted from the queue, which does not tell who deleted a message or
 * whether it was applied:
 *
 * <ul>
 *   <li>Where the ledger has seen enough messages to hold them besides every one that was applied, somebody deleted them:
 *       "cannot be known".
 *   <li>Where it has not, no door and no delete explains them: "lost".
 * </ul>
 *
 * <p>"Nothing lost" is said only where nothing is missing, or every missing event left by a named door.
 *
 * @param unexplained acknowledged events that are not applied, not in a queue and did not leave by a named door
 * @param lost of these, so many are certainly lost; null where that cannot be known
 */
record Verdict(
        @Nullable Boolean balanced,
        long unexplained,
        @Nullable Long lost,
        String sentence,
        String because) {
    private static final String NOT_TOLD = "the queue does not record who deletes a message";

    static Verdict of(Evidence e) {
        if (e.silent() != null) {
            return unknown(e.silent().consequence());
        }
        if (e.producer() == null || e.consumer() == null) {
            return unknown("not every part has given its numbers yet");
        }
        return of(e, e.producer(), e.consumer());
    }

    private static Verdict of(Evidence e, ProducerSide producer, ConsumerSide consumer) {
        long notApplied = Math.max(0, producer.through() - consumer.appliedThrough());
        QueueSide queue = e.queue();
        if (queue == null) {
            return notApplied == 0
                    ? new Verdict(true, 0, 0L, "Nothing lost.", "every acknowledged event is applied")
                    : unknown("this server keeps no ledger (Amazon SQS has no ledger; queue-service has one), "
                            + "so what is under way cannot be accounted for");
        }
        Optional<Verdict> trouble = e.missing()
                .flatMap(missing -> byIdentity(missing, e, queue, consumer))
                .or(() -> byNumbers(notApplied, e, producer, queue));
        return trouble.orElseGet(
                () -> nothingLost(e, queue, notApplied == 0 || e.missing().isPresent()));
    }

    static Verdict unknown(String because) {
        return unknown(0, because);
    }

    /** What is wrong with the events found missing; empty where each of them left by a named door. */
    private static Optional<Verdict> byIdentity(Missing found, Evidence e, QueueSide queue, ConsumerSide consumer) {
        SortedSet<Long> missing = found.sequences();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        QueueSide later = e.later() == null ? queue : e.later();
        // Read after the consumer, the queue has seen a message of its own for each applied event. The missing ones can
        // have had no more than the rest.
        long rest = later.left() + later.main().stock() + found.otherDeadLetters() - consumer.appliedByAll();
        long lost = later.recreated() ? 0 : missing.size() - Math.max(0, rest);
        if (lost > 0) {
            return Optional.of(lost(lost, missing));
        }
        long unexplained = missing.size() - later.leftByDoor() - e.deletedByHand();
        if (unexplained > 0) {
            return Optional.of(unknown(
                    unexplained,
                    events(unexplained, missing) + " deleted from the queue without being applied, and " + NOT_TOLD));
        }
        // Read before the consumer: whatever the consumer had deleted then, it has counted by now.
        long foreign = queue.main().deleted()
                - e.deletedByHand()
                - consumer.appliedByAll()
                - (isOnlyProducer(consumer) ? consumer.duplicatesAbsorbed() : 0);
        return foreign <= 0
                ? Optional.empty()
                : Optional.of(unknown(
                        Math.min(foreign, missing.size()),
                        "of the events " + Sequences.words(missing)
                                + ", which are not applied, some may have been among the " + foreign
                                + " messages that another client deleted, and " + NOT_TOLD));
    }

    /** With other producers about, duplicates absorbed and doors used may all be theirs. */
    private static boolean isOnlyProducer(ConsumerSide consumer) {
        return consumer.appliedByAll() <= consumer.applied();
    }

    /** What is wrong by numbers alone, which hold while messages move; empty where they show no loss. */
    private static Optional<Verdict> byNumbers(long notApplied, Evidence e, ProducerSide producer, QueueSide queue) {
        long unexplained =
                notApplied - queue.main().stock() - queue.dead().stock() - queue.leftByDoor() - e.deletedByHand();
        if (unexplained <= 0) {
            return Optional.empty();
        }
        long everSeen = queue.left() + queue.main().stock() + queue.dead().stock();
        long lost = queue.recreated() ? 0 : Math.min(unexplained, producer.through() - everSeen);
        return Optional.of(
                lost > 0
                        ? lost(lost, Collections.emptySortedSet())
                        : unknown(
                                unexplained,
                                events(unexplained, Collections.emptySortedSet())
                                        + " deleted from the queue without being applied, and " + NOT_TOLD));
    }

    /** "5 acknowledged events (168-172) were", or "at least 5 of the events 168-190 were" where not all of them are meant. */
    private static String events(long count, SortedSet<Long> among) {
        String verb = count == 1 ? " was" : " were";
        if (among.isEmpty()) {
            return "at least " + count + " acknowledged " + (count == 1 ? "event" : "events") + verb;
        }
        return count == among.size()
                ? count + " acknowledged " + (count == 1 ? "event" : "events") + " (" + Sequences.words(among) + ")"
                        + verb
                : "at least " + count + " of the events " + Sequences.words(among) + verb;
    }

    private static Verdict unknown(long unexplained, String because) {
        return new Verdict(null, unexplained, null, "Cannot be known: " + because + ".", because);
    }

    private static Verdict lost(long lost, SortedSet<Long> among) {
        return new Verdict(
                false,
                lost,
                lost,
                "LOST: at least " + lost + (among.isEmpty() ? "" : " of " + Sequences.words(among)),
                "acknowledged, and neither applied, nor in a queue, nor gone by a named door");
    }

    private static Verdict nothingLost(Evidence e, QueueSide queue, boolean compared) {
        String doors = Doors.words(queue, e.deletedByHand());
        return new Verdict(
                true,
                0,
                0L,
                compared
                        ? "Nothing lost."
                        : "No loss to be seen; each event is looked for once the messages before it are done.",
                doors.isEmpty()
                        ? "every acknowledged event is applied or in the queue"
                        : "every acknowledged event is applied, in the queue, or one of these: " + doors);
    }
}
