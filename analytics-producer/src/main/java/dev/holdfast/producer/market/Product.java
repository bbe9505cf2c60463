package dev.holdfast.producer.market;

/**
 * One thing for sale.
 *
 * @param basePriceMinor the mean that its price returns to, in minor units
 * @param volatility standard deviation of one move, as a part of the price
 */
public record Product(String sku, String name, String category, long basePriceMinor, double volatility) {}
