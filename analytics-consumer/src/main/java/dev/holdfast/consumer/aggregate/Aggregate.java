package dev.holdfast.consumer.aggregate;

import java.math.BigInteger;

/**
 * A summary of at least one price. Merging is exact, associative and commutative, so that neither the order of events nor how they are
 * batched can change it.
 *
 * <p>The sums are unbounded integers: one square of the highest price (10^12) needs 80 bits, which no SQLite integer holds; a floating
 * point sum would depend on the order.
 */
public record Aggregate(
        long count,
        BigInteger sumMinor,
        BigInteger sumSquares,
        Observation first,
        Observation last,
        long minPriceMinor,
        long maxPriceMinor) {

    public static Aggregate of(Observation only) {
        BigInteger price = BigInteger.valueOf(only.priceMinor());
        return new Aggregate(1, price, price.multiply(price), only, only, only.priceMinor(), only.priceMinor());
    }

    /** The summary of both; they must not share an event. */
    public Aggregate merge(Aggregate other) {
        return new Aggregate(
                Math.addExact(count, other.count),
                sumMinor.add(other.sumMinor),
                sumSquares.add(other.sumSquares),
                first.earlier(other.first),
                last.later(other.last),
                Math.min(minPriceMinor, other.minPriceMinor),
                Math.max(maxPriceMinor, other.maxPriceMinor));
    }

    public double meanMinor() {
        return sumMinor.doubleValue() / count;
    }

    /** Of the population. The variance is an exact integer fraction until its root is taken, so that close prices do not cancel out. */
    public double standardDeviationMinor() {
        BigInteger n = BigInteger.valueOf(count);
        BigInteger numerator = n.multiply(sumSquares).subtract(sumMinor.multiply(sumMinor));
        return Math.sqrt(numerator.doubleValue()) / count;
    }
}
