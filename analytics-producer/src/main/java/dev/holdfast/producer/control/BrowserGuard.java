package dev.holdfast.producer.control;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what another web page makes a browser send here: the API has no password, so the browser of a person on this machine must not
 * become a stranger's hand. Programs send none of these headers and are not affected.
 */
@ApplicationScoped
public class BrowserGuard {
    /** Before every other route. */
    private static final int PRIORITY = 1_000;

    /** A name may be made to point here by its owner (DNS rebinding); an address cannot. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9A-Fa-f:.]+]");

    private final List<String> allowedHosts;
    private final List<String> corsOrigins;

    @Inject
    BrowserGuard(
            @ConfigProperty(name = "holdfast.http.allowed-hosts") Optional<List<String>> allowedHosts,
            @ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> corsOrigins) {
        this.allowedHosts = allowedHosts.orElse(List.of());
        this.corsOrigins = corsOrigins.orElse(List.of());
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        String refusal = refusal(context.request());
        if (refusal == null) {
            context.next();
            return;
        }
        Problem.of(403, refusal, null).send(context.response());
    }

    private @Nullable String refusal(HttpServerRequest request) {
        if (request.authority() != null && !isOwnHost(request.authority().host())) {
            return "The Host header names another server. Use an address or localhost, or add the name to holdfast.http.allowed-hosts.";
        }
        String origin = request.getHeader("Origin");
        if (origin != null && corsOrigins.contains(origin)) {
            return null;
        }
        boolean foreignOrigin = origin != null && !isOwnOrigin(origin, request);
        String site = request.getHeader("Sec-Fetch-Site");
        boolean otherSite = "cross-site".equals(site) || "same-site".equals(site);
        if (foreignOrigin || (otherSite && !isFollowedLink(request))) {
            return "Another web page must not use this API. To allow it, name its origin in quarkus.http.cors.origins.";
        }
        return null;
    }

    private boolean isOwnHost(String host) {
        return host.equalsIgnoreCase("localhost")
                || ADDRESS.matcher(host).matches()
                || allowedHosts.stream().anyMatch(host::equalsIgnoreCase);
    }

    private static boolean isOwnOrigin(String origin, HttpServerRequest request) {
        try {
            return request.authority() != null
                    && request.authority()
                            .toString()
                            .equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** A link clicked in another page, such as the dashboard's, shows this one in the person's own tab and changes nothing. */
    private static boolean isFollowedLink(HttpServerRequest request) {
        return request.method().name().equals("GET")
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"));
    }
}
