package dev.holdfast.endtoend.pipeline;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.harness.Service;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The proof of design and dashboard, made a second time from outside: from the producer's file, the queue and the consumer's file. */
public final class Proof {
    private static final String QUEUE = "price-events";
    private static final String DEAD_LETTERS = "price-events-dlq";

    private final Pipeline pipeline;
    private final Outbox outbox;
    private final Analytics analytics;
    private final QueueView queue;
    private final QueueView deadLetters;

    public Proof(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.outbox = new Outbox(pipeline.folder(Service.PRODUCER).resolve("producer.db"));
        this.analytics = new Analytics(pipeline.folder(Service.CONSUMER).resolve("analytics.db"));
        this.queue = new QueueView(pipeline.sqs(), QUEUE);
        this.deadLetters = new QueueView(pipeline.sqs(), DEAD_LETTERS);
    }

    public Analytics analytics() {
        return analytics;
    }

    /** How many messages the producer knows to be acknowledged; readable while it is dead. */
    public long acknowledged() {
        return outbox.acknowledgedCount();
    }

    public QueueView queue() {
        return queue;
    }

    /** Nothing is missing that the queue does not still hold. Needs the producer and queue-service; the order of the reads matters. */
    public void holdsLive() {
        long through = pipeline.web(Service.PRODUCER)
                .getJson("/api/status")
                .get("acknowledgedThrough")
                .asLong();
        JsonNode ledgers =
                pipeline.web(Service.QUEUE).getJson("/_holdfast/ledger?queue=" + QUEUE + "&queue=" + DEAD_LETTERS);
        long applied = analytics.applied().stream()
                .filter(identity -> identity.sequence() <= through)
                .count();

        long held = 0;
        for (JsonNode each : ledgers.get("queues")) {
            JsonNode ledger = each.get("ledger");
            held += ledger.get("stock").asLong()
                    + ledger.get("expired").asLong()
                    + ledger.get("purged").asLong();
            assertThat(incoming(ledger)).as("ledger of %s", each).isEqualTo(outgoing(ledger));
        }
        assertThat(through - applied)
                .as("acknowledged and not applied, against what the queues hold")
                .isLessThanOrEqualTo(held);
    }

    /** Waits until nothing moves any more, then compares sets: whatever was acknowledged is applied or a dead letter, each once. */
    public Settled settle(Duration deadline) {
        await("outbox and queue are empty")
                .atMost(deadline)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> outbox.unsent() == 0 && queue.size() == 0);
        return new Settled(outbox.acknowledged(), analytics.applied(), deadLetters.receiveIdentities());
    }

    /** Everything that happened, as sets of identities. */
    public record Settled(Set<Identity> acknowledged, Set<Identity> applied, Set<Identity> deadLettered) {
        public Set<Identity> lost() {
            Set<Identity> lost = new HashSet<>(acknowledged);
            lost.removeAll(applied);
            lost.removeAll(deadLettered);
            return lost;
        }

        /** What came out though it never went in. */
        public Set<Identity> invented() {
            Set<Identity> invented = new HashSet<>(applied);
            invented.addAll(deadLettered);
            invented.removeAll(acknowledged);
            return invented;
        }
    }

    private static long incoming(JsonNode ledger) {
        return ledger.get("sent").asLong() + ledger.get("movedIn").asLong();
    }

    private static long outgoing(JsonNode ledger) {
        long sum = 0;
        for (String door : new String[] {"deleted", "movedOut", "expired", "purged", "stock"}) {
            sum += ledger.get(door).asLong();
        }
        return sum;
    }
}
