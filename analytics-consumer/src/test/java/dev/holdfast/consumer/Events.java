package dev.holdfast.consumer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.consumer.event.Identity;
import dev.holdfast.consumer.event.PriceEvent;
import dev.holdfast.consumer.event.PriceEvent.Reason;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Makes events from a seed. */
public final class Events {
    public static final UUID PRODUCER = UUID.fromString("7b1d5c1e-0000-4000-8000-00000000000a");
    public static final long EPOCH = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = new JsonMapper();

    private Events() {}

    public static PriceEvent event(UUID producer, long sequence, SplittableRandom random) {
        int product = random.nextInt(6);
        // Few distinct times, so that ties are common, and prices at both ends of what is allowed.
        long occurredAt = EPOCH + random.nextInt(40) * 250_000L;
        long price = random.nextInt(10) == 0 ? PriceEvent.MAX_PRICE_MINOR - random.nextInt(3) : random.nextInt(100_000);
        return new PriceEvent(
                new Identity(producer, sequence),
                new UUID(random.nextLong(), random.nextLong()),
                "SKU-" + product,
                "Product " + product + " name " + random.nextInt(2),
                "Category " + product % 2,
                product % 3 == 0 ? "EUR" : "USD",
                price,
                random.nextInt(100_000),
                List.of(Reason.values()).get(random.nextInt(4)),
                occurredAt);
    }

    /** Sequences from 1, of several producers, whose ids sort differently as text than as signed numbers. */
    public static List<PriceEvent> several(int count, SplittableRandom random) {
        List<PriceEvent> events = new ArrayList<>();
        UUID[] producers = {PRODUCER, UUID.fromString("f0000000-0000-4000-8000-000000000001")};
        long[] sequences = new long[producers.length];
        for (int i = 0; i < count; i++) {
            int producer = random.nextInt(producers.length);
            events.add(event(producers[producer], ++sequences[producer], random));
        }
        return events;
    }

    public static ObjectNode json(PriceEvent event) {
        return JSON.createObjectNode()
                .put("schemaVersion", PriceEvent.SCHEMA_VERSION)
                .put("eventId", event.eventId().toString())
                .put("producerId", event.identity().producerId().toString())
                .put("sequence", event.identity().sequence())
                .put("sku", event.sku())
                .put("productName", event.productName())
                .put("category", event.category())
                .put("currency", event.currency())
                .put("priceMinor", event.priceMinor())
                .put("previousPriceMinor", event.previousPriceMinor())
                .put("reason", event.reason().name())
                .put("occurredAt", TIME.format(Instant.ofEpochMilli(event.occurredAtMillis())));
    }
}
