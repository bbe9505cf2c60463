package dev.holdfast.dashboard.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers 403 to what another web page makes a browser send here, before anything else sees it. */
@ApplicationScoped
class BrowserGuard {
    private static final int BEFORE_ALL = 1_000;
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final List<String> allowedHosts;

    BrowserGuard(SecurityConfig config) {
        this.allowedHosts = config.allowedHosts().orElse(List.of());
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, BEFORE_ALL);
    }

    private void check(RoutingContext context) {
        String refusal = refusal(context);
        if (refusal == null) {
            context.next();
        } else {
            context.response()
                    .setStatusCode(403)
                    .putHeader("Content-Type", "application/problem+json")
                    .end(new JsonObject()
                            .put("title", "Forbidden")
                            .put("status", 403)
                            .put("detail", refusal)
                            .encode());
        }
    }

    private @Nullable String refusal(RoutingContext context) {
        var request = context.request();
        String host = Objects.requireNonNullElse(request.getHeader("Host"), "localhost");
        if (!OwnHost.isOwn(host, allowedHosts)) {
            return "The Host header names another server. Use an address or localhost, or add the name to dashboard.allowed-hosts.";
        }
        boolean changes = !READS.contains(request.method());
        if (changes && OwnHost.isForeign(host, request.getHeader("Origin"), request.getHeader("Sec-Fetch-Site"))) {
            return "Another web page must not use the dashboard's controls.";
        }
        return null;
    }
}
