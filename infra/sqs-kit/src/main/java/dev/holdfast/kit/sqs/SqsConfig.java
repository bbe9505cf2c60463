package dev.holdfast.kit.sqs;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Which SQS to talk to. */
@StaticInitSafe
@ConfigMapping(prefix = "holdfast.sqs")
public interface SqsConfig {
    /** Any SQS server. Empty means Amazon SQS itself, with the SDK's own search for credentials and region. */
    Optional<URI> endpoint();

    /** Empty means {@code us-east-1} for an endpoint of one's own, the SDK's region for Amazon SQS. */
    Optional<String> region();

    /** Certificates in PEM form that an https endpoint is checked against; empty means the authorities that the JDK knows. */
    Optional<Path> caFile();
}
