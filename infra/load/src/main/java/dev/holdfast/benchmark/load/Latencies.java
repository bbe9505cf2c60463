package dev.holdfast.benchmark.load;

/** A histogram of durations with buckets 1.6 % wide: percentiles without keeping every value. Up to about 70 seconds. */
public final class Latencies {
    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;
    private static final int MAX_BITS = 36;

    private final long[] counts = new long[(MAX_BITS - SUB_BITS + 2) * SUB];
    private long total;

    public void record(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        total++;
    }

    public void clear() {
        java.util.Arrays.fill(counts, 0);
        total = 0;
    }

    public long count() {
        return total;
    }

    /** The value below or at which this share of all lies, in nanoseconds; 0 when nothing was recorded. {@code share} 0 to 1. */
    public long percentileNanos(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return middle(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        if (nanos < SUB) {
            return (int) nanos;
        }
        int shift = Math.min(63 - Long.numberOfLeadingZeros(nanos), MAX_BITS) - SUB_BITS;
        long top = Math.min(nanos >>> shift, 2L * SUB - 1);
        return shift * SUB + (int) top;
    }

    private static long middle(int bucket) {
        if (bucket < 2 * SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        long low = (long) (bucket - shift * SUB) << shift;
        return low + (1L << shift) / 2;
    }
}
