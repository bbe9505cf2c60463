package dev.holdfast.consumer.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Which SQS to talk to. */
@ConfigMapping(prefix = "holdfast.sqs")
public interface SqsConfig {
    /** Base address of an SQS server; empty means Amazon SQS itself, with the SDK's own search for region and credentials. */
    Optional<URI> endpoint();

    /** Used with an endpoint of our own, whose requests must be signed for some region. */
    @WithDefault("us-east-1")
    String region();

    /** Certificates in PEM form that an https endpoint is checked against; empty means the authorities that the JDK knows. */
    Optional<Path> caFile();
}
