package dev.holdfast.consumer.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.consumer.config.ConsumerConfig;
import dev.holdfast.consumer.processed.ProcessedEvents;
import dev.holdfast.consumer.processed.SequenceRanges;
import dev.holdfast.kit.sqlite.Database;
import dev.holdfast.kit.sqs.SqsConfig;
import dev.holdfast.proof.ConsumerReads;
import dev.holdfast.proof.ConsumerSide;
import dev.holdfast.proof.Evidence;
import dev.holdfast.proof.Evidence.Party;
import dev.holdfast.proof.OperatorReads;
import dev.holdfast.proof.ProducerSide;
import dev.holdfast.proof.QueueSide;
import dev.holdfast.proof.Search;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks producer, queue and database, in this order, and has the answers weighed. */
final class Proving {
    /** While messages are moved between the queues, a comparison of identities fails; so often it is tried. */
    private static final int TRIES = 3;

    private final ConsumerConfig config;
    private final SqsConfig sqs;
    private final Http http;
    private final Database database;

    Proving(ConsumerConfig config, SqsConfig sqs, Http http, Database database) {
        this.config = config;
        this.sqs = sqs;
        this.http = http;
        this.database = database;
    }

    Findings findings() {
        ProducerSide producer;
        try {
            producer = ProducerSide.of(
                    http.get("the producer", config.producerUrl().resolve("/api/status")));
        } catch (IOException e) {
            return Findings.unknown(Party.PRODUCER, String.valueOf(e.getMessage()));
        }
        try {
            Search search = new Search(operator(), reads(), config.queue(), config.deadLetterQueue());
            Evidence evidence = evidence(producer, search);
            return Findings.of(evidence, applied(producer.producerId()), search.deadLetters());
        } catch (IOException e) {
            return Findings.unknown(Party.QUEUE, String.valueOf(e.getMessage()));
        }
    }

    private Evidence evidence(ProducerSide producer, Search search) throws IOException {
        Evidence evidence = read(producer, search);
        for (int tries = 1;
                tries < TRIES && evidence.queue() != null && evidence.missing().isEmpty();
                tries++) {
            evidence = read(producer, search);
        }
        return evidence;
    }

    private Evidence read(ProducerSide producer, Search search) throws IOException {
        @Nullable QueueSide queue = QueueSide.read(operator(), config.queue(), config.deadLetterQueue())
                .orElse(null);
        ConsumerSide consumer = reads().read(db -> ConsumerSide.read(db, producer.producerId(), producer.through()));
        Evidence evidence = Evidence.of(producer, queue, consumer, deletedByHand());
        return search.among(producer.through(), evidence);
    }

    /** What the dashboard remembers; without one, such a deletion is a stranger's. */
    private long deletedByHand() {
        try {
            JsonNode proof = http.get("the dashboard", config.dashboardUrl().resolve("/api/proof"));
            return proof.path("deletedByHand").asLong();
        } catch (UnknownException e) {
            return 0;
        }
    }

    private SequenceRanges applied(String producerId) {
        return database.read(tx -> {
            Optional<Long> number =
                    tx.one("select producer_no from producer where producer_id = ?", row -> row.getLong(1), producerId);
            return number.isPresent() ? ProcessedEvents.applied(tx, number.get()) : new SequenceRanges();
        });
    }

    private ConsumerReads reads() {
        return new ConsumerReads() {
            @Override
            public <T> T read(Read<T> read) {
                return database.read(tx -> read.from(tx.connection()));
            }
        };
    }

    private OperatorReads operator() {
        Optional<URI> endpoint = sqs.endpoint();
        return path -> endpoint.isEmpty()
                ? Optional.empty()
                : http.getSigned(
                        "the queue",
                        URI.create(endpoint.get().toString().replaceAll("/+$", "") + "/_holdfast/" + path));
    }
}
