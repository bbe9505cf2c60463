package dev.holdfast.queue.http;

import dev.holdfast.kit.http.CrossSiteGuard;
import dev.holdfast.kit.http.Loopback;
import dev.holdfast.kit.http.OwnHosts;
import dev.holdfast.kit.http.OwnHosts.Reach;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.config.ServerConfig;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Keeps web pages of other sites out, on every path: a browser on the developer's machine reaches this server, and so does
 * each page it shows. Refused are requests that the browser marks as cross-site, a foreign Origin, and, when bound to
 * loopback, a foreign Host, which is how DNS rebinding looks. {@link Cors} lets chosen origins in.
 */
@Singleton
public class CrossSiteHandler implements Handler<RoutingContext> {
    private static final String ALLOWED_HEADERS =
            "Authorization,Content-Type,X-Amz-Target,X-Amz-Date,X-Amz-Security-Token,"
                    + "X-Amz-Content-Sha256,X-Amz-User-Agent,X-Amzn-Query-Mode,Amz-Sdk-Invocation-Id,Amz-Sdk-Request";
    private static final String EXPOSED_HEADERS = "x-amzn-RequestId,x-amzn-query-error,Date";
    private static final String PREFLIGHT_SECONDS = "600";

    private final CrossSiteGuard guard;

    @Inject
    CrossSiteHandler(Cors cors, ServerConfig config, @ConfigProperty(name = "quarkus.http.host") String bindAddress) {
        this(cors.origins().orElse(List.of()), bindAddress, config.publicUrl());
    }

    CrossSiteHandler(List<String> origins, String bindAddress, Optional<String> publicUrl) {
        List<String> ownNames =
                publicUrl.map(url -> List.of(URI.create(url).getHost())).orElse(List.of());
        // Beyond loopback nobody is believed without a signature, whatever name they call.
        Reach reach = Loopback.isBindAddress(bindAddress) ? Reach.LOOPBACK : Reach.ANY_NAME;
        // A GET can be an action of the Query protocol, so that no link leads here.
        guard = new CrossSiteGuard(new OwnHosts(ownNames, reach), Set.copyOf(origins), false);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<CrossSiteGuard.Refusal> refusal = guard.refusal(request);
        if (refusal.isPresent()) {
            Refusals.send(request, SqsError.ACCESS_DENIED.because(sentence(refusal.get())));
            return;
        }
        String origin = request.getHeader("Origin");
        if (origin == null || !guard.invites(origin)) {
            context.next();
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            preflight(context.response(), origin);
        } else {
            allow(context.response(), origin);
            context.next();
        }
    }

    private static String sentence(CrossSiteGuard.Refusal refusal) {
        return switch (refusal) {
            case FOREIGN_HOST ->
                "The host is not this server's: it serves loopback only. Use localhost, or set holdfast.public-url.";
            case FOREIGN_PAGE ->
                "A web page of another site may not call this server unless holdfast.cors.origins lists its origin.";
        };
    }

    private static void allow(HttpServerResponse response, String origin) {
        response.putHeader("Access-Control-Allow-Origin", origin);
        response.putHeader("Access-Control-Expose-Headers", EXPOSED_HEADERS);
        response.putHeader("Vary", "Origin");
    }

    private static void preflight(HttpServerResponse response, String origin) {
        response.putHeader("Access-Control-Allow-Origin", origin);
        response.putHeader("Access-Control-Allow-Methods", "GET,POST");
        response.putHeader("Access-Control-Allow-Headers", ALLOWED_HEADERS);
        response.putHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
        response.putHeader("Vary", "Origin");
        response.setStatusCode(204).end();
    }
}
