package dev.holdfast.benchmark.scenario;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Medians, and numbers as people read them. */
public final class Numbers {
    private Numbers() {}

    /** The middle value, the mean of the two middle ones for an even count; NaN for none. */
    public static double median(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1
                ? sorted[half]
                : Arrays.stream(sorted, half - 1, half + 1).average().orElse(Double.NaN);
    }

    /** Three digits that matter, with separators: 46,100 or 22.3 or 0.134. */
    public static String rounded(double value) {
        double size = Math.abs(value);
        if (size >= 999.5) {
            double unit = Math.pow(10, Math.floor(Math.log10(size)) - 2);
            return String.format(Locale.ROOT, "%,.0f", Math.round(value / unit) * unit);
        }
        return String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }
}
