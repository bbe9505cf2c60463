package dev.holdfast.producer.config;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which queue the events go to. */
@StaticInitSafe
@ConfigMapping(prefix = "holdfast.sqs")
public interface QueueConfig {
    @WithDefault("price-events")
    String queue();

    @WithDefault("price-events-dlq")
    String deadLetterQueue();
}
