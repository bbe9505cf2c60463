package dev.holdfast.kit.control;

import dev.holdfast.kit.http.CrossSiteGuard;
import dev.holdfast.kit.http.OwnHosts;
import dev.holdfast.kit.http.OwnHosts.Reach;
import dev.holdfast.kit.http.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers 403 to what a page of another site makes a browser send here, before anything else sees it. */
@Singleton
final class CrossSiteFilter {
    private static final int BEFORE_ALL_ROUTES = 1_000;

    private final CrossSiteGuard guard;

    CrossSiteFilter(
            @ConfigProperty(name = "holdfast.http.allowed-hosts") Optional<List<String>> allowedHosts,
            @ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> invitedOrigins) {
        // On loopback too: what takes requests for us on another address may pass them on as they came.
        guard = new CrossSiteGuard(
                new OwnHosts(allowedHosts.orElse(List.of()), Reach.ADDRESSES),
                Set.copyOf(invitedOrigins.orElse(List.of())),
                true);
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, BEFORE_ALL_ROUTES);
    }

    private void check(RoutingContext context) {
        guard.refusal(context.request())
                .ifPresentOrElse(refusal -> Problem.of(403, sentence(refusal)).send(context.response()), context::next);
    }

    private static String sentence(CrossSiteGuard.Refusal refusal) {
        return switch (refusal) {
            case FOREIGN_HOST ->
                "The Host header names another server. Use localhost or an address at which this one listens, or add the name to holdfast.http.allowed-hosts.";
            case FOREIGN_PAGE ->
                "Pages of other sites are refused here. To let one in, name its origin in quarkus.http.cors.origins.";
        };
    }
}
