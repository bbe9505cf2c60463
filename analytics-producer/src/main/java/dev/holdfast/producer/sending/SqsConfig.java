package dev.holdfast.producer.sending;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where the queue is. */
@StaticInitSafe
@ConfigMapping(prefix = "holdfast.sqs")
public interface SqsConfig {
    /** Any SQS server. Empty means Amazon SQS itself, with the SDK's own credentials and region. */
    Optional<URI> endpoint();

    /** Empty means {@code us-east-1} for an endpoint of one's own, the SDK's region for Amazon SQS. */
    Optional<String> region();

    /** Certificates in PEM form that an https endpoint is checked against; empty means the authorities that the JDK knows. */
    Optional<Path> caFile();

    @WithDefault("price-events")
    String queue();

    @WithDefault("price-events-dlq")
    String deadLetterQueue();
}
