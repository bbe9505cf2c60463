package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a restarted server holds, against what it had told its clients before it died.
 *
 * @param lost acknowledged, never deleted, and gone
 * @param risen deleted, acknowledged, and back
 * @param forgotten received more often than the server now says
 * @param released visible though a lease that a client was given still runs
 * @param balanced whether the ledger adds up and equals the rows
 */
record Findings(
        TreeSet<String> lost,
        TreeSet<String> risen,
        TreeSet<String> forgotten,
        TreeSet<String> released,
        boolean balanced) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One message as the operator's API shows it. */
    private record Stored(String state, int receiveCount) {}

    /** The load must be stopped. */
    static Findings of(ServerProcess server, Load load) throws IOException {
        JsonNode ledger = get(server, "/_holdfast/queues/" + Load.QUEUE + "/ledger?audit=true");
        Map<String, Stored> stored = stored(server);
        Findings findings = new Findings(
                new TreeSet<>(load.acknowledgedSends().keySet()),
                new TreeSet<>(load.acknowledgedDeletes()),
                new TreeSet<>(),
                new TreeSet<>(),
                ledger.get("balanced").asBoolean()
                        && ledger.get("recounted").asLong()
                                == ledger.get("ledger").get("stock").asLong());
        findings.lost.removeAll(stored.keySet());
        findings.lost.removeAll(load.attemptedDeletes());
        findings.risen.retainAll(stored.keySet());
        long now = System.nanoTime();
        for (Load.Delivered delivered : load.deliveries()) {
            Stored message = stored.get(delivered.messageId());
            if (message != null) {
                findings.compare(delivered, message, now);
            }
        }
        return findings;
    }

    private void compare(Load.Delivered delivered, Stored message, long nowNanos) {
        if (message.receiveCount < delivered.receiveCount()) {
            forgotten.add(delivered.messageId());
        }
        if (nowNanos - delivered.calledNanos() < Load.VISIBILITY_TIMEOUT.toNanos()
                && !message.state.equals("inFlight")) {
            released.add(delivered.messageId());
        }
    }

    private static Map<String, Stored> stored(ServerProcess server) throws IOException {
        Map<String, Stored> stored = new HashMap<>();
        @Nullable String after = "";
        while (after != null) {
            JsonNode page = get(
                    server,
                    "/_holdfast/queues/" + Load.QUEUE + "/messages?body=false&limit=1000"
                            + (after.isEmpty() ? "" : "&after=" + after));
            for (JsonNode message : page.get("messages")) {
                stored.put(
                        message.get("messageId").asText(),
                        new Stored(
                                message.get("state").asText(),
                                message.get("receiveCount").asInt()));
            }
            after = page.get("next").isNull() ? null : page.get("next").asText();
        }
        return stored;
    }

    private static JsonNode get(ServerProcess server, String path) throws IOException {
        return JSON.readTree(server.get(path).body());
    }

    void areNone(String occasion) {
        assertThat(lost)
                .as("acknowledged, never deleted, and gone: %s", occasion)
                .isEmpty();
        assertThat(risen).as("deleted, acknowledged, and back: %s", occasion).isEmpty();
        assertThat(forgotten).as("receives forgotten: %s", occasion).isEmpty();
        assertThat(released).as("leases forgotten: %s", occasion).isEmpty();
        assertThat(balanced).as("ledger and rows agree: %s", occasion).isTrue();
    }

    /** No message was handed out again while a client's lease on it ran for certain. */
    static void noneWasDeliveredTwiceWithinItsTimeout(Load load) {
        Map<String, Load.Delivered> last = new HashMap<>();
        load.deliveries().stream()
                .sorted(Comparator.comparingLong(Load.Delivered::answeredNanos))
                .forEach(delivered -> {
                    Load.Delivered before = last.put(delivered.messageId(), delivered);
                    if (before != null) {
                        assertThat(delivered.answeredNanos() - before.calledNanos())
                                .as("nanoseconds between %s and %s", before, delivered)
                                .isGreaterThanOrEqualTo(Load.VISIBILITY_TIMEOUT.toNanos());
                        assertThat(delivered.receiveCount()).isGreaterThan(before.receiveCount());
                    }
                });
    }

    /**
     * Of two messages of one producer the later one was not delivered first. First deliveries only, and only such whose
     * calls did not overlap: of the others nobody can say which was first.
     */
    static void firstDeliveriesKeptTheOrderOfEachProducer(Load load) {
        Map<Integer, List<Load.Delivered>> firsts = new HashMap<>();
        for (Load.Delivered delivered : load.deliveries()) {
            Load.Sent sent = load.acknowledgedSends().get(delivered.messageId());
            if (sent != null && delivered.receiveCount() == 1) {
                firsts.computeIfAbsent(sent.producer(), producer -> new ArrayList<>())
                        .add(delivered);
            }
        }
        firsts.forEach((producer, deliveries) -> {
            deliveries.sort(Comparator.comparingInt(delivered -> sequence(load, delivered)));
            long latestCall = Long.MIN_VALUE;
            for (Load.Delivered delivered : deliveries) {
                assertThat(delivered.answeredNanos())
                        .as("message %d of producer %d came before an earlier one", sequence(load, delivered), producer)
                        .isGreaterThan(latestCall);
                latestCall = Math.max(latestCall, delivered.calledNanos());
            }
        });
    }

    private static int sequence(Load load, Load.Delivered delivered) {
        return Objects.requireNonNull(load.acknowledgedSends().get(delivered.messageId()))
                .sequence();
    }
}
