package dev.holdfast.queue.http;

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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of other sites out, on every path: a browser on the developer's machine reaches this server, and so does
 * each page it shows. Refused are requests that the browser marks as cross-site, a foreign Origin, and, when bound to
 * loopback, a foreign Host, which is how DNS rebinding looks. {@link Cors} lets chosen origins in.
 */
@Singleton
public class CrossSiteGuard implements Handler<RoutingContext> {
    private static final String EVERY_ORIGIN = "*";
    private static final String ALLOWED_HEADERS =
            "Authorization,Content-Type,X-Amz-Target,X-Amz-Date,X-Amz-Security-Token,"
                    + "X-Amz-Content-Sha256,X-Amz-User-Agent,X-Amzn-Query-Mode,Amz-Sdk-Invocation-Id,Amz-Sdk-Request";
    private static final String EXPOSED_HEADERS = "x-amzn-RequestId,x-amzn-query-error,Date";
    private static final String PREFLIGHT_SECONDS = "600";

    private final Set<String> origins;
    private final boolean loopback;
    private final @Nullable String publicHost;

    @Inject
    CrossSiteGuard(Cors cors, ServerConfig config, @ConfigProperty(name = "quarkus.http.host") String bindAddress) {
        this(cors.origins().orElse(List.of()), bindAddress, config.publicUrl());
    }

    CrossSiteGuard(List<String> origins, String bindAddress, Optional<String> publicUrl) {
        this.origins = new HashSet<>(origins);
        this.loopback = Authentication.isLoopback(bindAddress);
        this.publicHost = publicUrl.map(url -> URI.create(url).getHost()).orElse(null);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader("Origin");
        boolean invited = origin != null && (origins.contains(origin) || origins.contains(EVERY_ORIGIN));
        String why = whyRefused(request, origin, invited);
        if (why != null) {
            Refusals.send(context.request(), SqsError.ACCESS_DENIED.because(why));
        } else if (invited && request.method().equals(HttpMethod.OPTIONS)) {
            preflight(context.response(), origin);
        } else {
            if (invited) {
                allow(context.response(), origin);
            }
            context.next();
        }
    }

    /** A sentence, or null for a request that may pass. */
    private @Nullable String whyRefused(HttpServerRequest request, @Nullable String origin, boolean invited) {
        String host = host(request);
        if (loopback && !isOurs(host)) {
            return "The host " + host + " is not this server's: it serves loopback only. Use localhost, or set"
                    + " holdfast.public-url.";
        }
        if (invited) {
            return null;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        boolean foreignPage = site != null && (site.equals("cross-site") || site.equals("same-site"));
        boolean foreignOrigin =
                origin != null && !origin.equals((request.isSSL() ? "https://" : "http://") + authority(request));
        return foreignPage || foreignOrigin
                ? "A web page of another site may not call this server unless holdfast.cors.origins lists its origin."
                : null;
    }

    private boolean isOurs(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || isLoopbackAddress(host)
                || host.equals(publicHost);
    }

    /** Digits and dots in 127.0.0.0/8; never a name such as "127.0.0.1.example.com". */
    private static boolean isLoopbackAddress(String host) {
        return host.startsWith("127.")
                && host.length() <= 15
                && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static String authority(HttpServerRequest request) {
        String host = request.getHeader("Host");
        if (host != null) {
            return host;
        }
        return request.authority() == null ? "localhost" : request.authority().toString();
    }

    private static String host(HttpServerRequest request) {
        String authority = authority(request);
        int port = authority.lastIndexOf(':');
        boolean hasPort = port > 0 && authority.indexOf(']', port) < 0;
        return hasPort ? authority.substring(0, port) : authority;
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
