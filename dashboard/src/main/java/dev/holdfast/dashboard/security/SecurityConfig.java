package dev.holdfast.dashboard.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is needed to serve the dashboard beyond this machine. */
@ConfigMapping(prefix = "dashboard")
public interface SecurityConfig {
    /** Names under which browsers may reach the dashboard, besides localhost and addresses. */
    Optional<List<String>> allowedHosts();

    /** The one user; with a password it makes everyone log in, on loopback too. */
    Optional<String> user();

    /** In clear text; give it by the environment variable DASHBOARD_PASSWORD, never as an option of the JVM: others see those. */
    Optional<String> password();

    /** How long a login lasts: by default a day in class. Its streams end with it. */
    @WithDefault("12h")
    Duration sessionLifetime();

    /** Accepts a login over plain HTTP on an address that others can reach. */
    @WithDefault("false")
    boolean insecureLogin();
}
