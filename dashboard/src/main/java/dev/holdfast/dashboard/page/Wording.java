package dev.holdfast.dashboard.page;

import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and times in words for people, the only place that has them: {@code {words:count(view.waiting)}} in a
 * template. What is not known is a dash.
 */
@TemplateExtension(namespace = "words")
public final class Wording {
    public static final String UNKNOWN = "–";

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private Wording() {}

    /** 12,345. */
    public static String count(@Nullable Number value) {
        return value == null ? UNKNOWN : whole(value.doubleValue());
    }

    /** 19.8 or 1,240: of a rate below ten the tenth counts. */
    public static String rate(@Nullable Number value) {
        if (value == null) {
            return UNKNOWN;
        }
        double rate = value.doubleValue();
        return rate != 0 && Math.abs(rate) < 10 ? tenth(rate) : whole(rate);
    }

    /** 3.4 ms, 120 ms, 2.1 s. */
    public static String millis(@Nullable Number value) {
        if (value == null) {
            return UNKNOWN;
        }
        double millis = value.doubleValue();
        if (millis < 10) {
            return tenth(millis) + " ms";
        }
        if (millis < 1_000) {
            return whole(millis) + " ms";
        }
        return millis < 10_000 ? tenth(millis / 1_000) + " s" : seconds(millis / 1_000);
    }

    /** 90 s, 12 min, 3.5 h, 4 days. */
    public static String seconds(@Nullable Number value) {
        if (value == null) {
            return UNKNOWN;
        }
        double seconds = value.doubleValue();
        if (seconds < 120) {
            return whole(seconds) + " s";
        }
        if (seconds < 7_200) {
            return whole(seconds / 60) + " min";
        }
        return seconds < 172_800 ? tenth(seconds / 3_600) + " h" : whole(seconds / 86_400) + " days";
    }

    /** +1.2 %, of a ratio of 0.012. */
    public static String change(@Nullable Number ratio) {
        if (ratio == null) {
            return UNKNOWN;
        }
        String percent = tenth(ratio.doubleValue() * 100);
        return (ratio.doubleValue() > 0 ? "+" : "") + (percent.equals("-0.0") ? "0.0" : percent) + " %";
    }

    /** 1,234.50, of minor units. */
    public static String money(@Nullable Number minor) {
        return minor == null ? UNKNOWN : String.format(Locale.US, "%,.2f", minor.doubleValue() / 100);
    }

    /** 14:03:22, of today. */
    public static String time(@Nullable Instant at) {
        return at == null ? UNKNOWN : CLOCK.format(at);
    }

    /** 2026-11-29 14:03:22. */
    public static String date(@Nullable Instant at) {
        return at == null ? UNKNOWN : DATE.format(at);
    }

    /** 5 s ago. */
    public static String ago(@Nullable Instant then) {
        if (then == null) {
            return UNKNOWN;
        }
        double passed = Math.max(0, Duration.between(then, Instant.now()).toMillis() / 1000.0);
        return passed < 2 ? "now" : seconds(passed) + " ago";
    }

    private static String whole(double value) {
        return String.format(Locale.US, "%,d", Math.round(value));
    }

    private static String tenth(double value) {
        return String.format(Locale.US, "%,.1f", value);
    }
}
