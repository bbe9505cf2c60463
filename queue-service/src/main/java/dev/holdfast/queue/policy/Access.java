package dev.holdfast.queue.policy;

import dev.holdfast.queue.config.Credentials;
import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** How far the server opens itself, beside {@link Credentials}. */
@ConfigMapping(prefix = "holdfast")
public interface Access {
    /** "none" lets everybody in on any address, who is then the owner; left out, only loopback may do without credentials. */
    Optional<String> auth();

    /**
     * Addresses and ranges ("10.0.0.0/8") of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, for aws:SourceIp and
     * aws:SecureTransport in policies. None by default: anybody can send these headers.
     */
    Optional<List<String>> trustedProxies();

    /** What collectors show as a bearer token to read /q/metrics; matters only with credentials. */
    Optional<String> metricsToken();
}
