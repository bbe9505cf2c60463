package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a restarted server holds of a {@link FifoLoad}, against what it had told its clients before it died. */
final class FifoFindings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FifoFindings() {}

    /** Nothing lost, nothing back, nothing twice, and the ledger adds up. The load must be stopped. */
    static void areNone(ServerProcess server, FifoLoad load, String occasion) throws IOException {
        Set<FifoLoad.Place> stored = stored(server, load);
        Set<FifoLoad.Place> lost = new HashSet<>(load.acknowledgedSends());
        lost.removeAll(stored);
        lost.removeAll(load.attemptedDeletes().keySet());
        Set<FifoLoad.Place> risen = new HashSet<>(load.acknowledgedDeletes());
        risen.retainAll(stored);
        JsonNode ledger = get(server, "/_holdfast/queues/" + FifoLoad.QUEUE + "/ledger?audit=true");

        assertThat(load.refusals()).as("errors answered: %s", occasion).isEmpty();
        assertThat(lost)
                .as("acknowledged, never deleted, and gone: %s", occasion)
                .isEmpty();
        assertThat(risen).as("deleted, acknowledged, and back: %s", occasion).isEmpty();
        assertThat(load.messageIds())
                .as("one message for each deduplication id: %s", occasion)
                .allSatisfy((place, ids) -> assertThat(ids).as("%s", place).hasSize(1));
        assertThat(ledger.get("balanced").asBoolean())
                .as("ledger: %s", occasion)
                .isTrue();
        assertThat(ledger.get("recounted").asLong())
                .as("rows and ledger: %s", occasion)
                .isEqualTo(ledger.get("ledger").get("stock").asLong())
                .isEqualTo(stored.size());
    }

    private static Set<FifoLoad.Place> stored(ServerProcess server, FifoLoad load) throws IOException {
        Set<FifoLoad.Place> stored = new HashSet<>();
        String path = "/_holdfast/queues/" + FifoLoad.QUEUE + "/messages?limit=1000";
        JsonNode page = get(server, path);
        while (true) {
            for (JsonNode message : page.get("messages")) {
                FifoLoad.Place place = FifoLoad.Place.of(message.get("body").asText());
                load.saw(place, message.get("messageId").asText());
                assertThat(stored.add(place)).as("%s is stored once", place).isTrue();
            }
            if (page.get("next").isNull()) {
                return stored;
            }
            page = get(server, path + "&after=" + page.get("next").asText());
        }
    }

    private static JsonNode get(ServerProcess server, String path) throws IOException {
        return JSON.readTree(server.get(path).body());
    }

    /**
     * Within a group a message is handed out only when each earlier one was, or at least may have been, deleted before; and
     * again only after its timeout.
     */
    static void groupsWereDeliveredInOrder(FifoLoad load) {
        Map<String, List<FifoLoad.Delivered>> groups = load.deliveries().stream()
                .collect(Collectors.groupingBy(delivered -> delivered.place().group()));
        groups.forEach((group, deliveries) -> {
            List<FifoLoad.Delivered> inTime = new ArrayList<>(deliveries);
            inTime.sort(Comparator.comparingLong(FifoLoad.Delivered::answeredNanos)
                    .thenComparingInt(delivered -> delivered.place().sequence()));
            Map<Integer, FifoLoad.Delivered> last = new HashMap<>();
            int deletedBelow = 0;
            for (FifoLoad.Delivered delivered : inTime) {
                while (isDeletedBefore(load, new FifoLoad.Place(group, deletedBelow), delivered)) {
                    deletedBelow++;
                }
                assertInTurn(load, delivered, deletedBelow, last);
                last.put(delivered.place().sequence(), delivered);
            }
        });
    }

    private static void assertInTurn(
            FifoLoad load, FifoLoad.Delivered delivered, int deletedBelow, Map<Integer, FifoLoad.Delivered> last) {
        int sequence = delivered.place().sequence();
        FifoLoad.Delivered before = last.get(sequence);
        if (before != null) {
            assertThat(delivered.answeredNanos() - before.calledNanos())
                    .as("nanoseconds between %s and %s", before, delivered)
                    .isGreaterThanOrEqualTo(FifoLoad.VISIBILITY_TIMEOUT.toNanos());
        }
        // The same answer may hold several of the group; before them stands what earlier answers held.
        IntStream.range(deletedBelow, sequence)
                .mapToObj(earlier -> new FifoLoad.Place(delivered.place().group(), earlier))
                .filter(earlier -> !isDeletedBefore(load, earlier, delivered))
                .forEach(earlier -> assertThat(last.get(earlier.sequence()))
                        .as("%s came before %s", delivered, earlier)
                        .isNotNull()
                        .extracting(FifoLoad.Delivered::answeredNanos)
                        .isEqualTo(delivered.answeredNanos()));
    }

    private static boolean isDeletedBefore(FifoLoad load, FifoLoad.Place place, FifoLoad.Delivered delivered) {
        Long deletedAt = load.attemptedDeletes().get(place);
        return deletedAt != null && deletedAt < delivered.answeredNanos();
    }
}
