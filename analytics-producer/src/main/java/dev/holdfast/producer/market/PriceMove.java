package dev.holdfast.producer.market;

/** One change of one product's price, in minor units; both prices are equal in a product's first move. */
public record PriceMove(Product product, long previousPriceMinor, long priceMinor, Reason reason) {}
