package dev.holdfast.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks for every acknowledged event that is not applied, by its identity, in the queue and its dead-letter queue. First
 * the queues are listed, then the database is read: what the consumer has deleted meanwhile, it has applied. For one thread.
 */
public final class Search {
    /** With more unapplied events or messages than this, identities are not compared and numbers have to do. */
    private static final int COMPARED_AT_MOST = 10_000;

    private static final int PAGE = 1_000;

    private final OperatorReads operator;
    private final ConsumerReads database;
    private final String main;
    private final String dead;
    private @Nullable Listed deadLetters;

    /** A queue's identities do not change while its ledger does not. */
    private record Listed(String producerId, Ledger ledger, Set<Long> sequences) {}

    public Search(OperatorReads operator, ConsumerReads database, String main, String dead) {
        this.operator = operator;
        this.database = database;
        this.main = main;
        this.dead = dead;
    }

    /**
     * The evidence with the identities that are missing among the sequences up to {@code through}, and with the queue as it was
     * after the search; without them where there are too many, or messages were moved between the queues meanwhile.
     */
    public Evidence among(long through, Evidence evidence) throws IOException {
        QueueSide before = evidence.queue();
        ProducerSide producer = evidence.producer();
        if (before == null
                || producer == null
                || evidence.silent() != null
                || before.main().stock() > COMPARED_AT_MOST
                || before.dead().stock() > COMPARED_AT_MOST) {
            return evidence;
        }
        Optional<Set<Long>> stored =
                before.main().stock() == 0 ? Optional.of(Set.of()) : list(main, producer.producerId());
        Optional<Set<Long>> deadLettered = deadLetters(producer.producerId(), before.dead());
        Optional<SortedSet<Long>> unapplied =
                database.read(db -> Unapplied.sequences(db, producer.producerId(), through, COMPARED_AT_MOST));
        Optional<QueueSide> after = QueueSide.read(operator, main, dead);
        if (stored.isEmpty()
                || deadLettered.isEmpty()
                || unapplied.isEmpty()
                || after.isEmpty()
                || !before.nothingMovedUntil(after.get())) {
            return evidence;
        }
        SortedSet<Long> missing = new TreeSet<>(unapplied.get());
        missing.removeAll(deadLettered.get());
        long deadLettersFound = (long) unapplied.get().size() - missing.size();
        missing.removeAll(stored.get());
        return evidence.withMissing(new Missing(missing, before.dead().stock() - deadLettersFound), after.get());
    }

    /** The evidence with identities that were found missing before, and with the queue as it is after all the rest was read. */
    Evidence with(Missing missing, Evidence evidence) throws IOException {
        QueueSide after = missing.sequences().isEmpty()
                ? evidence.queue()
                : QueueSide.read(operator, main, dead).orElse(null);
        return after == null ? evidence : evidence.withMissing(missing, after);
    }

    /** This producer's sequences in the dead-letter queue when it was listed last. */
    public SortedSet<Long> deadLetters() {
        return deadLetters == null ? new TreeSet<>() : new TreeSet<>(deadLetters.sequences());
    }

    private Optional<Set<Long>> deadLetters(String producerId, Ledger ledger) throws IOException {
        if (deadLetters == null
                || !deadLetters.producerId().equals(producerId)
                || !deadLetters.ledger().equals(ledger)) {
            Optional<Set<Long>> listed = ledger.stock() == 0 ? Optional.of(Set.of()) : list(dead, producerId);
            deadLetters = listed.map(sequences -> new Listed(producerId, ledger, sequences))
                    .orElse(null);
        }
        return Optional.ofNullable(deadLetters).map(Listed::sequences);
    }

    private Optional<Set<Long>> list(String queue, String producerId) throws IOException {
        Set<Long> sequences = new HashSet<>();
        String after = "";
        for (int page = 0; page <= COMPARED_AT_MOST / PAGE; page++) {
            Optional<JsonNode> answer = operator.get(
                    "queues/" + OperatorReads.encoded(queue) + "/messages?body=false&limit=" + PAGE + after);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            for (JsonNode message : answer.get().path("messages")) {
                JsonNode attributes = message.path("attributes");
                if (producerId.equals(
                        attributes.path("producerId").path("StringValue").asText())) {
                    sequences.add(
                            attributes.path("sequence").path("StringValue").asLong());
                }
            }
            JsonNode next = answer.get().path("next");
            if (!next.isTextual()) {
                return Optional.of(sequences);
            }
            after = "&after=" + OperatorReads.encoded(next.asText());
        }
        return Optional.empty();
    }
}
