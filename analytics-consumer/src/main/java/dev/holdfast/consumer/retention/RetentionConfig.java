package dev.holdfast.consumer.retention;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much is kept. What leaves a window stays counted in the aggregates over all time, and stays known as applied. */
public interface RetentionConfig {
    /** Events are stored singly for this long. A day: enough to recompute what a dashboard shows of today. */
    @WithDefault("P1D")
    Duration age();

    /** At most this many events are stored singly; about 100 bytes each. */
    @WithDefault("1000000")
    long events();

    /** Aggregates by minute are kept for this long: charts by minute show a day. About 300,000 rows a day with 200 products. */
    @WithDefault("P2D")
    Duration minutes();

    /** Aggregates by hour are kept for this long. */
    @WithDefault("P400D")
    Duration hours();
}
