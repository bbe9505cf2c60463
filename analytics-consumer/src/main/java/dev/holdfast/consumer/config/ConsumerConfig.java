package dev.holdfast.consumer.config;

import dev.holdfast.consumer.retention.RetentionConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;

/** What one consumer is told. */
@ConfigMapping(prefix = "consumer")
public interface ConsumerConfig {
    /** Under which it shows up; several consumers on one database need different names. */
    @WithDefault("consumer")
    String name();

    /** The database file. Several consumers may share one on the same host. */
    @WithDefault("${holdfast.data-dir}/analytics.db")
    Path database();

    @WithDefault("price-events")
    String queue();

    /** Only for {@code verify}, which counts what lies there. */
    @WithDefault("price-events-dlq")
    String deadLetterQueue();

    /** Long polls kept open at once, 1 to 64. Sixteen keep one core busy with a queue on the same host. */
    @WithDefault("16")
    int receivers();

    /** Whether {@code POST /api/crash} works. */
    @WithDefault("false")
    boolean faults();

    /** Each batch is held this long, for lessons: 0 to 60,000. */
    @WithDefault("0")
    int slowMillis();

    /** Whether batches that take long get their visibility timeout extended; off only to show what happens without. */
    @WithDefault("true")
    boolean extendVisibility();

    /** Where {@code verify} finds the producer's status. */
    @WithDefault("http://localhost:8081")
    URI producerUrl();

    /** Where {@code verify} asks which messages were deleted by hand; without a dashboard it does without. */
    @WithDefault("http://localhost:8080")
    URI dashboardUrl();

    /** How long events and aggregates are kept. */
    RetentionConfig keep();
}
