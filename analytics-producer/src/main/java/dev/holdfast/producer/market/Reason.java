package dev.holdfast.producer.market;

/** Why a price changed; the names travel in the event. */
public enum Reason {
    MARKET,
    PROMOTION_START,
    PROMOTION_END,
    RESTOCK
}
