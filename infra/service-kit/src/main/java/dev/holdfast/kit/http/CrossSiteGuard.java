package dev.holdfast.kit.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that pages of other sites make a browser send from those of our own pages and of programs. A browser on this machine
 * reaches what listens here, and so does each page it shows; programs send none of the headers that are looked at. Thread-safe.
 */
public final class CrossSiteGuard {
    private static final String EVERY_ORIGIN = "*";

    private final OwnHosts hosts;
    private final Set<String> invitedOrigins;
    private final boolean linksLeadHere;

    /** Programs call under one name, again and again: the name is looked at once. */
    private volatile @Nullable String lastPassed;

    /** What is wrong with a request. */
    public enum Refusal {
        /** It is for a host that is not this server. */
        FOREIGN_HOST,
        /** A page of another site sent it. */
        FOREIGN_PAGE
    }

    /**
     * What is looked at of a request.
     *
     * @param authority the Host header of HTTP/1.1, the pseudo-header :authority of HTTP/2; null where there is none
     * @param header the value of a header, or null
     */
    public record Seen(
            String method, String scheme, @Nullable String authority, Function<String, @Nullable String> header) {}

    /**
     * @param invitedOrigins pages that may do everything, as browsers write them; "*" invites all
     * @param linksLeadHere whether a link in another page may lead here: right where a GET changes nothing
     */
    public CrossSiteGuard(OwnHosts hosts, Set<String> invitedOrigins, boolean linksLeadHere) {
        this.hosts = hosts;
        this.invitedOrigins = Set.copyOf(invitedOrigins);
        this.linksLeadHere = linksLeadHere;
    }

    /** Whether pages of this origin were invited. */
    public boolean invites(@Nullable String origin) {
        return origin != null && (invitedOrigins.contains(origin) || invitedOrigins.contains(EVERY_ORIGIN));
    }

    /** Empty for a request that may pass. */
    public Optional<Refusal> refusal(HttpServerRequest request) {
        return refusal(new Seen(
                request.method().name(), request.isSSL() ? "https" : "http", authority(request), request::getHeader));
    }

    private static @Nullable String authority(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            return request.getHeader("Host");
        }
        return request.authority() == null ? null : request.authority().toString();
    }

    /** Empty for a request that may pass. */
    public Optional<Refusal> refusal(Seen request) {
        String origin = request.header().apply("Origin");
        String page = page(request);
        boolean fromBrowser = page != null || request.header().apply("Sec-Fetch-Site") != null;
        if (!fromBrowser && Objects.equals(request.authority(), lastPassed)) {
            return Optional.empty();
        }
        Origin own = request.authority() == null ? null : Origin.of(request.scheme(), request.authority());
        if (request.authority() != null && (own == null || !hosts.contains(own.host()))) {
            return Optional.of(Refusal.FOREIGN_HOST);
        }
        lastPassed = request.authority();
        if (invites(origin)) {
            return Optional.empty();
        }
        boolean foreignOrigin = origin != null && !isOwn(origin, own);
        boolean foreignPage = isOtherSite(request) || (page != null && !isOwn(page, own));
        return foreignOrigin || (foreignPage && !(linksLeadHere && isFollowedLink(request)))
                ? Optional.of(Refusal.FOREIGN_PAGE)
                : Optional.empty();
    }

    /**
     * Whose page sent it: the Origin, and the Referer only where the browser says it in no other way. For a name that is neither
     * localhost nor reached over TLS it sends nothing else with an image.
     */
    private static @Nullable String page(Seen request) {
        String origin = request.header().apply("Origin");
        return origin != null || request.header().apply("Sec-Fetch-Site") != null
                ? origin
                : request.header().apply("Referer");
    }

    private boolean isOwn(String text, @Nullable Origin own) {
        Origin origin = Origin.ofPage(text);
        return origin != null
                && own != null
                && (origin.equals(own) || (hosts.isConfigured(own.host()) && origin.isBehindTls(own)));
    }

    private static boolean isOtherSite(Seen request) {
        String site = request.header().apply("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    /** A link clicked in another page shows this one in the person's own tab. It may be one where the browser does not say. */
    private static boolean isFollowedLink(Seen request) {
        boolean unknown = request.header().apply("Sec-Fetch-Site") == null;
        return request.method().equals("GET")
                && (unknown
                        || ("navigate".equals(request.header().apply("Sec-Fetch-Mode"))
                                && "document".equals(request.header().apply("Sec-Fetch-Dest"))));
    }
}
