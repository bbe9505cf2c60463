package dev.holdfast.dashboard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;

/** Where the parts of the pipeline are found. */
@ConfigMapping(prefix = "dashboard")
public interface PipelineConfig {
    /** The queue that the producer fills. */
    @WithDefault("price-events")
    String queue();

    /** Where its poison messages end. */
    @WithDefault("price-events-dlq")
    String deadLetterQueue();

    /** Base address of the producer's status and controls. */
    URI producerUrl();

    /** Base address of the consumer's status and controls. */
    URI consumerUrl();

    /** The consumer's own SQLite file; opened read-only, so it is readable while the consumer is dead. */
    Path consumerDatabase();

    /** Where the dashboard keeps its own history. */
    Path dataDir();
}
