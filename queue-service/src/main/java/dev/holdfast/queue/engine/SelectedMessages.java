package dev.holdfast.queue.engine;

import dev.holdfast.queue.engine.QueueRedrive.Selected;
import dev.holdfast.queue.ledger.Door;
import dev.holdfast.queue.message.Fingerprint;
import dev.holdfast.queue.message.Grouping;
import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.message.MessageId;
import dev.holdfast.queue.message.MessageText;
import dev.holdfast.queue.message.NewMessage;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.queues.QueueArn;
import dev.holdfast.queue.queues.Queues;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does with messages that were looked at: delete them, move them, send them again. They are named by their
 * keys, which no two messages ever share. A message that a consumer has in flight can be deleted, but not moved: it would
 * be processed in two places. Writer thread only.
 */
public final class SelectedMessages {
    private final Queues definitions;
    private final OpenQueues queues;

    SelectedMessages(Queues definitions, OpenQueues queues) {
        this.definitions = definitions;
        this.queues = queues;
    }

    /** What came of a message. */
    public enum Outcome {
        DONE,
        /** A consumer has it; it stays. */
        IN_FLIGHT,
        /** There is no queue to move it to; it stays. */
        NO_DESTINATION,
        /** The destination accepted the same message in the last five minutes; this copy is deleted. */
        DUPLICATE
    }

    /**
     * What came of all.
     *
     * @param messages by what came of them
     * @param gone how many are not in the queue any more
     */
    public record Outcomes(Map<Outcome, List<UUID>> messages, int gone) {
        /** The ids of those of which this came. */
        public List<String> of(Outcome outcome) {
            return messages.getOrDefault(outcome, List.of()).stream()
                    .map(UUID::toString)
                    .toList();
        }
    }

    /** Deletes messages in whatever state they are. */
    public Outcomes delete(Tx tx, long queueNumber, SequencedSet<Long> keys) throws SQLException {
        return each(tx, queueNumber, keys, (source, selected) -> {
            source.leave(tx, selected, Door.DELETED);
            return Outcome.DONE;
        });
    }

    /**
     * Moves messages that are not in flight, which become new ones.
     *
     * @param destination null for the queue that each message came from
     */
    public Outcomes move(Tx tx, long queueNumber, @Nullable Queue destination, SequencedSet<Long> keys)
            throws SQLException {
        return each(tx, queueNumber, keys, (source, selected) -> {
            if (selected.isInFlight()) {
                return Outcome.IN_FLIGHT;
            }
            QueueMessages target = target(destination, selected.message());
            if (target == null) {
                return Outcome.NO_DESTINATION;
            }
            boolean moved = target.redrive()
                    .moveInUnlessDuplicate(
                            tx,
                            selected.message()
                                    .asNew(MessageId.random(), target.queue().isFifo(), tx.nowMillis()));
            source.leave(tx, selected, moved ? Door.MOVED_OUT : Door.DELETED);
            return moved ? Outcome.DONE : Outcome.DUPLICATE;
        });
    }

    /** Sends copies of messages to their own queue, whatever their state; the originals stay. */
    public Outcomes sendAgain(Tx tx, long queueNumber, SequencedSet<Long> keys) throws SQLException {
        QueueMessages messages = queues.get(queueNumber);
        return each(tx, queueNumber, keys, (source, selected) -> {
            messages.send(tx, copy(messages.queue(), selected.message()));
            return Outcome.DONE;
        });
    }

    /** One that no deduplication takes for the original. */
    private static NewMessage copy(Queue queue, Message original) {
        UUID id = MessageId.random();
        byte[] utf8 = MessageText.utf8(original.body());
        Grouping grouping = original.grouping();
        Fingerprint fingerprint = null;
        if (queue.isFifo()) {
            grouping = Grouping.of(original.groupId(), id.toString());
            fingerprint = Fingerprint.of(
                    queue.number(), queue.deduplicatesPerGroup() ? original.groupId() : null, id.toString());
        }
        return new NewMessage(id, original.content(), utf8, grouping, fingerprint, null, utf8.length);
    }

    /** What is done with one message. */
    private interface Work {
        Outcome run(QueueRedrive source, Selected selected) throws SQLException;
    }

    private Outcomes each(Tx tx, long queueNumber, SequencedSet<Long> keys, Work work) throws SQLException {
        QueueRedrive source = queues.get(queueNumber).redrive();
        Map<Outcome, List<UUID>> outcomes = new EnumMap<>(Outcome.class);
        int gone = 0;
        source.begin(tx);
        for (long key : keys) {
            Selected selected = source.find(tx, key);
            if (selected == null) {
                gone++;
                continue;
            }
            outcomes.computeIfAbsent(work.run(source, selected), outcome -> new ArrayList<>())
                    .add(selected.message().messageId());
        }
        source.end(tx);
        return new Outcomes(outcomes, gone);
    }

    private @Nullable QueueMessages target(@Nullable Queue destination, Message message) {
        if (destination != null) {
            return queues.find(destination.number());
        }
        return message.origin() == null
                ? null
                : QueueArn.parse(message.origin().queueArn())
                        .flatMap(definitions::find)
                        .map(queue -> queues.find(queue.number()))
                        .orElse(null);
    }
}
