package dev.holdfast.queue.wire;

import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The Date header of now, formatted once a second. SDKs correct their clock by it when a signature was refused. */
public final class HttpDate {
    private static final long MILLIS = 1_000;

    private record Second(long epochSecond, CharSequence text) {
        static Second of(long epochSecond) {
            String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.ofEpochSecond(epochSecond).atOffset(ZoneOffset.UTC));
            return new Second(epochSecond, HttpHeaders.createOptimized(text));
        }
    }

    private static volatile Second latest = Second.of(0);

    private HttpDate() {}

    public static CharSequence now() {
        long epochSecond = System.currentTimeMillis() / MILLIS;
        Second second = latest;
        if (second.epochSecond() != epochSecond) {
            second = Second.of(epochSecond);
            latest = second;
        }
        return second.text();
    }
}
