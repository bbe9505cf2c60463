package dev.holdfast.dashboard.sampling;

import dev.holdfast.dashboard.analytics.Aggregates;
import dev.holdfast.dashboard.analytics.ConsumerMark;
import dev.holdfast.dashboard.history.History;
import dev.holdfast.dashboard.history.Mark;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what explains the curves: the producer's and the consumers' own marks, and which service fell silent. */
@ApplicationScoped
class Marks {
    /** The dashboard notes itself when the queue falls silent; the producer's word on it would be the same mark twice. */
    private static final Set<String> NOTED_BY_US = Set.of("QUEUE_LOST", "QUEUE_BACK");

    /** A crash is dated back to the last heartbeat, and known only at the next start, so each look reaches back. */
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    private final History history;
    private long lastProducerMark;
    private Instant consumersSeen = Instant.now().minus(History.MINUTES_KEPT);
    private @Nullable Boolean queueReachable;
    private @Nullable Boolean producerReachable;

    Marks(History history) {
        this.history = history;
    }

    void note(Instant now, ProducerReading producer, QueueReading queue) {
        if (producer.status() != null) {
            for (var mark : producer.status().marks()) {
                if (mark.id() > lastProducerMark && !NOTED_BY_US.contains(mark.kind())) {
                    history.mark(new Mark(mark.at(), "producer", mark.text()));
                }
                lastProducerMark = Math.max(lastProducerMark, mark.id());
            }
        }
        queueReachable = noteContact(queueReachable, queue.contact(), "queue");
        producerReachable = noteContact(producerReachable, producer.contact(), "producer");
    }

    /** What has never answered yet is starting like the dashboard itself: nothing fell silent, and nothing is back. */
    private @Nullable Boolean noteContact(@Nullable Boolean before, Contact contact, String subject) {
        if (before == null && !contact.reachable()) {
            return null;
        }
        if (before != null && before != contact.reachable()) {
            history.mark(new Mark(
                    contact.since(), subject, subject + (contact.reachable() ? " answers again" : " unreachable")));
        }
        return contact.reachable();
    }

    void noteConsumers(Connection db) throws SQLException {
        for (ConsumerMark mark : Aggregates.marks(db, consumersSeen)) {
            if (mark.kind() == ConsumerMark.Kind.CRASH) {
                history.forget(mark.as(ConsumerMark.Kind.SILENT));
            }
            history.mark(mark.shown());
            Instant seen = mark.at().minus(OVERLAP);
            if (seen.isAfter(consumersSeen)) {
                consumersSeen = seen;
            }
        }
    }
}
