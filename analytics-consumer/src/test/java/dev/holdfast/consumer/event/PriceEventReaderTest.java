package dev.holdfast.consumer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.consumer.Events;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PriceEventReaderTest {
    private static final int CASES = 1_500;

    @Test
    void whatTheContractAllowsIsReadAsItWasWritten() throws Exception {
        Schema contract = contract();
        SplittableRandom random = new SplittableRandom(7);
        for (long sequence = 1; sequence <= 200; sequence++) {
            PriceEvent event = Events.event(Events.PRODUCER, sequence, random);
            String body = Events.json(event).put("unknownMember", "is ignored").toString();

            assertThat(contract.validate(body, InputFormat.JSON)).isEmpty();
            assertThat(PriceEventReader.read(body)).isEqualTo(event);
        }
    }

    @Test
    void whatTheContractForbidsIsRefusedAndTheRestIsNot() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Schema contract = contract();
        for (int i = 0; i < CASES; i++) {
            ObjectNode json = Events.json(Events.event(Events.PRODUCER, i + 1L, random));
            damage(json, random);
            String body = json.toString();

            boolean allowed = contract.validate(body, InputFormat.JSON).isEmpty();

            assertThat(isRead(body)).as("seed %d, %s", seed, body).isEqualTo(allowed);
        }
    }

    @Test
    void theReasonNamesTheMemberAtFault() {
        ObjectNode json = Events.json(Events.event(Events.PRODUCER, 1, new SplittableRandom(1)));

        assertRefused("not json", "the body is not JSON");
        assertRefused("[]", "not a JSON object");
        assertRefused(json.deepCopy().without("sku").toString(), "sku is missing");
        assertRefused(json.deepCopy().put("priceMinor", -1).toString(), "priceMinor is -1");
        assertRefused(json.deepCopy().put("currency", "XQX").toString(), "currency is \"XQX\"");
        assertRefused(
                json.deepCopy().put("occurredAt", "2026-13-40T00:00:00.000Z").toString(), "occurredAt is");
        assertRefused("{\"sku\":1,\"sku\":2}", "the body is not JSON");
        assertRefused(json + "{}", "the body is not JSON");
        assertRefused("[".repeat(100_000), "the body is not JSON");
        assertRefused(json.deepCopy().put("sequence", 1e300).toString(), "sequence is 1.0E300");
    }

    private static void damage(ObjectNode json, SplittableRandom random) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(9)) {
            case 0 -> json.remove(name);
            case 1 -> json.putNull(name);
            case 2 -> json.put(name, "");
            case 3 -> json.put(name, -1);
            case 4 -> json.put(name, 1_000_000_000_001L);
            case 5 -> json.put(name, true);
            case 6 -> json.put(name, "é".repeat(1 + random.nextInt(300)));
            case 7 -> json.put(name, 1.5);
            default -> json.put(name, json.path(name).asText() + "x");
        }
    }

    private static boolean isRead(String body) {
        try {
            PriceEventReader.read(body);
            return true;
        } catch (RefusedEventException e) {
            return false;
        }
    }

    private static void assertRefused(String body, String reason) {
        assertThatThrownBy(() -> PriceEventReader.read(body))
                .isInstanceOf(RefusedEventException.class)
                .hasMessageContaining(reason)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(500));
    }

    private static Schema contract() throws Exception {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("../infra/contract/price-event.schema.json")), InputFormat.JSON);
    }
}
