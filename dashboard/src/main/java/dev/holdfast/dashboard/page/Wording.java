package dev.holdfast.dashboard.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times in words for people; assets/format.js keeps the same rules in the browser. */
final class Wording {
    static final String UNKNOWN = "–";

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private Wording() {}

    static String of(String format, JsonNode value) {
        return switch (format) {
            case "count" -> whole(value.asDouble());
            case "rate" -> rate(value.asDouble());
            case "millis" -> millis(value.asDouble());
            case "seconds" -> seconds(value.asDouble());
            case "time" -> CLOCK.format(Instant.parse(value.asText()));
            case "ago" -> ago(Instant.parse(value.asText()));
            case "text" -> value.asText();
            default -> throw new IllegalStateException("no such format: " + format);
        };
    }

    private static String ago(Instant then) {
        double passed = Math.max(0, (System.currentTimeMillis() - then.toEpochMilli()) / 1000.0);
        return passed < 2 ? "now" : seconds(passed) + " ago";
    }

    private static String whole(double value) {
        return String.format(Locale.US, "%,d", Math.round(value));
    }

    private static String tenth(double value) {
        return String.format(Locale.US, "%,.1f", value);
    }

    private static String rate(double value) {
        return value != 0 && Math.abs(value) < 10 ? tenth(value) : whole(value);
    }

    private static String millis(double value) {
        if (value < 10) {
            return tenth(value) + " ms";
        }
        if (value < 1_000) {
            return whole(value) + " ms";
        }
        return value < 10_000 ? tenth(value / 1_000) + " s" : seconds(value / 1_000);
    }

    private static String seconds(double value) {
        if (value < 120) {
            return whole(value) + " s";
        }
        if (value < 7_200) {
            return whole(value / 60) + " min";
        }
        return value < 172_800 ? tenth(value / 3_600) + " h" : whole(value / 86_400) + " days";
    }
}
