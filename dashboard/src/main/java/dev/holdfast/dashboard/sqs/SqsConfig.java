package dev.holdfast.dashboard.sqs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Which SQS the dashboard talks to. */
@ConfigMapping(prefix = "holdfast.sqs")
public interface SqsConfig {
    /** Any SQS-compatible server; empty means Amazon SQS with the SDK's default credentials and region. */
    Optional<URI> endpoint();

    /** The region signed for where an endpoint is set; servers of this kind accept any. */
    @WithDefault("us-east-1")
    String region();

    /** Certificates in PEM form that an https endpoint is checked against; empty means the authorities that the JDK knows. */
    Optional<Path> caFile();
}
