package dev.holdfast.consumer.event;

import java.util.UUID;

/**
 * One change of one product's price, as {@code infra/contract/price-event.schema.json} has it.
 *
 * @param eventId unique for every event; the identity decides what is a copy
 * @param priceMinor 0 to 10^12, minor units of the currency
 * @param previousPriceMinor 0 to 10^12, minor units of the currency
 * @param occurredAtMillis Unix time in milliseconds; event time, which all aggregates go by
 */
public record PriceEvent(
        Identity identity,
        UUID eventId,
        String sku,
        String productName,
        String category,
        String currency,
        long priceMinor,
        long previousPriceMinor,
        Reason reason,
        long occurredAtMillis) {

    public static final int SCHEMA_VERSION = 1;
    public static final long MAX_SEQUENCE = 9_007_199_254_740_991L;
    public static final long MAX_PRICE_MINOR = 1_000_000_000_000L;
    public static final int MAX_SKU_LENGTH = 64;
    public static final int MAX_PRODUCT_NAME_LENGTH = 200;
    public static final int MAX_CATEGORY_LENGTH = 64;

    /** Why a price changed. */
    public enum Reason {
        MARKET,
        PROMOTION_START,
        PROMOTION_END,
        RESTOCK
    }
}
