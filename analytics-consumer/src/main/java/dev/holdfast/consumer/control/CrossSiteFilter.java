package dev.holdfast.consumer.control;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of other sites away: without a login, whatever runs in a browser on this host could otherwise pause the consumer. A
 * foreign Host is refused too, since a page can make its own name resolve to 127.0.0.1.
 */
@Singleton
final class CrossSiteFilter {
    private static final int BEFORE_ALL_ROUTES = 1_000;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean boundToLoopback;

    CrossSiteFilter(@ConfigProperty(name = "quarkus.http.host") String boundTo) {
        boundToLoopback = LOOPBACK.contains(boundTo) || boundTo.equals("::1");
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_ALL_ROUTES);
    }

    private void check(RoutingContext context) {
        String refusal = refusal(context.request());
        if (refusal == null) {
            context.next();
            return;
        }
        Problem.of(403, null, refusal).send(context.response());
    }

    private @Nullable String refusal(HttpServerRequest request) {
        String host =
                request.authority() == null ? "" : request.authority().host().toLowerCase(Locale.ROOT);
        if (boundToLoopback && !LOOPBACK.contains(host)) {
            return "this consumer serves this host only; call it as localhost or 127.0.0.1";
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return "requests from pages of other sites are refused";
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !origin.equalsIgnoreCase(request.scheme() + "://" + request.getHeader("Host"))) {
            return "requests from pages of other sites are refused; the Origin is " + origin;
        }
        return null;
    }
}
