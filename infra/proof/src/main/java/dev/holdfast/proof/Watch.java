package dev.holdfast.proof;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares identities again and again while messages move, for a page that is renewed each second. For one thread.
 *
 * <p>While a queue is busy, some events are always under way. But once the oldest message in it was sent after a moment at which all
 * sequences up to N were acknowledged, those up to N are done: each is applied, or in the dead-letter queue, or left by a door. Which
 * of them are missing is then exact, and it stays so while the number of those not applied, and what was moved, stay the same; so
 * the verdict stands still and the comparison, which reads a lot, is seldom made.
 */
public final class Watch {
    /** The age of a message is given in whole seconds. */
    private static final Duration AGE_MARGIN = Duration.ofSeconds(2);

    /** All up to {@code sequence} was acknowledged at {@code nanos}; a message moved in later can be older than it looks. */
    private record Mark(String producerId, long sequence, long nanos, long movedIn) {}

    /** While these stay the same, so does what is missing. */
    private record Inputs(String producerId, long notApplied, Ledger dead, long movedIn, long movedOut, long dropped) {}

    private record Found(Inputs inputs, Missing missing) {}

    private final Search search;
    private final ConsumerReads database;
    private @Nullable Mark mark;
    private @Nullable Mark done;
    private @Nullable Found found;

    public Watch(Search search, ConsumerReads database) {
        this.search = search;
        this.database = database;
    }

    /**
     * The evidence with what is missing, as far as the events are done.
     *
     * @param nanos when the producer was asked, of {@link System#nanoTime}
     * @throws IOException when queue or database do not answer
     */
    public Evidence examine(Evidence evidence, long nanos) throws IOException {
        ProducerSide producer = evidence.producer();
        QueueSide queue = evidence.queue();
        if (evidence.silent() != null || producer == null || queue == null) {
            return evidence;
        }
        return advance(producer, queue, nanos)
                ? compared(evidence, producer, queue)
                : withLastFound(evidence, producer.producerId());
    }

    /** Moves on to the newest sequence up to which all is done; false before there is one. */
    private boolean advance(ProducerSide producer, QueueSide queue, long nanos) {
        long movedIn = queue.main().movedIn();
        Mark now = new Mark(producer.producerId(), producer.through(), nanos, movedIn);
        if (queue.main().stock() == 0) {
            done = now;
            mark = now;
        } else if (mark == null || !mark.producerId().equals(producer.producerId()) || mark.movedIn() != movedIn) {
            mark = now;
        } else if (nanos - mark.nanos() > agedNanos(queue)) {
            done = mark;
            mark = now;
        }
        if (done != null && (!done.producerId().equals(producer.producerId()) || done.movedIn() != movedIn)) {
            done = null;
        }
        return done != null;
    }

    private static long agedNanos(QueueSide queue) {
        Long age = queue.oldestAgeSeconds();
        return age == null
                ? Long.MAX_VALUE
                : Duration.ofSeconds(age).plus(AGE_MARGIN).toNanos();
    }

    private Evidence compared(Evidence evidence, ProducerSide producer, QueueSide queue) throws IOException {
        if (done == null) {
            return evidence;
        }
        String producerId = producer.producerId();
        long through = done.sequence();
        long notApplied = through
                - database.read(db -> ConsumerSide.read(db, producerId, through))
                        .appliedThrough();
        var inputs = new Inputs(
                producerId,
                notApplied,
                queue.dead(),
                queue.main().movedIn(),
                queue.main().movedOut(),
                queue.dropped());
        if (notApplied == 0) {
            found = new Found(inputs, new Missing(new TreeSet<>(), 0));
        } else if (found == null || !found.inputs().equals(inputs)) {
            Optional<Missing> missing = search.among(through, evidence).missing();
            if (missing.isPresent()) {
                found = new Found(inputs, missing.get());
            }
        }
        return withLastFound(evidence, producerId);
    }

    private Evidence withLastFound(Evidence evidence, String producerId) throws IOException {
        return found == null || !found.inputs().producerId().equals(producerId)
                ? evidence
                : search.with(found.missing(), evidence);
    }
}
