package dev.holdfast.producer.generating;

import dev.holdfast.producer.market.PriceMove;
import dev.holdfast.producer.market.Reason;
import java.time.Instant;
import java.util.UUID;

/** The body of one message, as infra/contract/price-event.schema.json describes it; prices in minor units. */
record PriceEvent(
        int schemaVersion,
        UUID eventId,
        UUID producerId,
        long sequence,
        String sku,
        String productName,
        String category,
        String currency,
        long priceMinor,
        long previousPriceMinor,
        Reason reason,
        @Rfc3339Millis Instant occurredAt) {
    private static final int SCHEMA_VERSION = 1;

    static PriceEvent of(PriceMove move, UUID producerId, long sequence, String currency, Instant occurredAt) {
        return new PriceEvent(
                SCHEMA_VERSION,
                UUID.randomUUID(),
                producerId,
                sequence,
                move.product().sku(),
                move.product().name(),
                move.product().category(),
                currency,
                move.priceMinor(),
                move.previousPriceMinor(),
                move.reason(),
                occurredAt);
    }
}
