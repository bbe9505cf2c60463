package dev.holdfast.dashboard.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.dashboard.PipelineConfig;
import dev.holdfast.dashboard.analytics.ConsumerDatabase;
import dev.holdfast.dashboard.analytics.Unapplied;
import dev.holdfast.dashboard.sqs.LedgerSnapshot;
import dev.holdfast.dashboard.sqs.OperatorApi;
import dev.holdfast.dashboard.sqs.QueueFigures;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares identities when everything is at rest: acknowledged ones that are not applied, against those in the
 * dead-letter queue. For the sampler's thread only; the last result is kept while its inputs stay the same, because the
 * comparison reads every dead letter.
 */
@ApplicationScoped
class SettledCheck {
    /** More than this many identities are not compared one by one; the count then has to do. */
    private static final int COMPARED_AT_MOST = 10_000;

    private static final int PAGE = 1_000;

    private record Inputs(
            @Nullable String producerId,
            @Nullable Long through,
            @Nullable Long applied,
            QueueFigures dead) {}

    private final OperatorApi operator;
    private final ConsumerDatabase database;
    private final PipelineConfig config;
    private @Nullable Inputs lastInputs;
    private OptionalLong lastResult = OptionalLong.empty();

    SettledCheck(OperatorApi operator, ConsumerDatabase database, PipelineConfig config) {
        this.operator = operator;
        this.database = database;
        this.config = config;
    }

    /** How many acknowledged identities are neither applied nor dead-lettered; empty where that cannot be compared. */
    OptionalLong unexplained(Evidence e) {
        if (e.deadLetters() == null || e.producerId() == null || e.through() == null || e.applied() == null) {
            return OptionalLong.empty();
        }
        QueueFigures dead = withoutClock(e.deadLetters());
        var inputs = new Inputs(e.producerId(), e.through(), e.applied().through(), dead);
        if (!inputs.equals(lastInputs)) {
            lastResult = compare(e.producerId(), e.through(), dead);
            lastInputs = lastResult.isPresent() ? inputs : null;
        }
        return lastResult;
    }

    private OptionalLong compare(String producerId, long through, QueueFigures dead) {
        try {
            Optional<List<Long>> unapplied =
                    database.read(db -> Unapplied.sequences(db, producerId, through, COMPARED_AT_MOST));
            if (unapplied.isEmpty()) {
                return OptionalLong.empty();
            }
            Optional<Set<Long>> deadLettered = identities(producerId);
            if (deadLettered.isEmpty() || moved(dead)) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(unapplied.get().stream()
                    .filter(sequence -> !deadLettered.get().contains(sequence))
                    .count());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private Optional<Set<Long>> identities(String producerId) throws IOException {
        Set<Long> sequences = new HashSet<>();
        String after = "";
        for (int page = 0; page < COMPARED_AT_MOST / PAGE; page++) {
            Optional<JsonNode> answer = operator.get("queues/" + OperatorApi.encode(config.deadLetterQueue())
                    + "/messages?body=false&limit=" + PAGE + after);
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
            after = "&after=" + OperatorApi.encode(next.asText());
        }
        return Optional.empty();
    }

    /** A redrive during the comparison would make a message look lost that only moved. */
    private boolean moved(QueueFigures before) throws IOException {
        Optional<LedgerSnapshot> now = operator.ledger(List.of(config.deadLetterQueue()));
        return now.flatMap(s -> s.queue(config.deadLetterQueue()))
                .map(q -> !Objects.equals(q.ledger(), before.ledger()))
                .orElse(true);
    }

    private static QueueFigures withoutClock(QueueFigures q) {
        return new QueueFigures(q.name(), q.stored(), 0, 0, null, q.ledger());
    }
}
