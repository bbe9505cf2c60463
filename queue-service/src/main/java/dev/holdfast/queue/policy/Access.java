package dev.holdfast.queue.policy;

import dev.holdfast.queue.config.Credentials;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How far the server opens itself, beside {@link Credentials}. */
@ConfigMapping(prefix = "holdfast")
public interface Access {
    /** "none" lets everybody in on any address, who is then the owner; left out, only loopback may do without credentials. */
    Optional<String> auth();

    /** What collectors show as a bearer token to read /q/metrics; matters only with credentials. */
    Optional<String> metricsToken();
}
