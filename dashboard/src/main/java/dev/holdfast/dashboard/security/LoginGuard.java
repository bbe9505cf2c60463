package dev.holdfast.dashboard.security;

import dev.holdfast.kit.http.Loopback;
import dev.holdfast.kit.http.Problem;
import dev.holdfast.kit.start.StartRefusedException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only who is logged in, where a user and a password are configured, and wants the session's token on
 * everything that changes something. Refuses to start on an address that others can reach without both.
 */
@ApplicationScoped
class LoginGuard {
    static final String COOKIE = "holdfast-session";

    /** A browser takes such a name over TLS only, from this host only: neither a neighbour's page nor one on another port can set it. */
    private static final String COOKIE_OVER_TLS = "__Host-" + COOKIE;

    static final String SESSION = "holdfast.session";

    private static final int AFTER_BROWSER_GUARD = 900;
    private static final long LOGIN_CHECKED_EVERY_MILLIS = 1_000;
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final SecurityConfig config;
    private final Sessions sessions;
    private final LoginBrake brake;
    private final String host;
    private final Optional<String> certificate;

    LoginGuard(
            SecurityConfig config,
            Sessions sessions,
            LoginBrake brake,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.ssl.certificate.files") Optional<String> certificate) {
        this.config = config;
        this.sessions = sessions;
        this.brake = brake;
        this.host = host;
        this.certificate = certificate;
    }

    void start(@Observes StartupEvent event) {
        String missing = missingFor(Loopback.isBindAddress(host), certificate.isPresent());
        if (missing != null) {
            throw new StartRefusedException(missing);
        }
    }

    /** What is missing to serve this address; null when nothing is. */
    private @Nullable String missingFor(boolean loopback, boolean tls) {
        if (config.user().isPresent() != config.password().isPresent()) {
            return "dashboard." + (config.user().isPresent() ? "user" : "password") + " is set, but dashboard."
                    + (config.user().isPresent() ? "password" : "user") + " is not; set both, or neither";
        }
        if (loopback) {
            return null;
        }
        if (!isOn()) {
            return "the dashboard does not listen on " + host
                    + " without dashboard.user and dashboard.password: everyone there could empty the queues";
        }
        return tls || config.insecureLogin()
                ? null
                : "the dashboard does not ask for a password over plain HTTP on " + host
                        + ": set quarkus.http.ssl.certificate.files and key-files, or dashboard.insecure-login=true where something before it speaks TLS";
    }

    /** Whether anyone has to log in. */
    boolean isOn() {
        return config.user().isPresent() && config.password().isPresent();
    }

    /** Whether the browser speaks TLS: with us, or with something before us; then its page says so. */
    static boolean isOverTls(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        return request.isSSL() || (origin != null && origin.startsWith("https://"));
    }

    static String cookieName(boolean overTls) {
        return overTls ? COOKIE_OVER_TLS : COOKIE;
    }

    /** The session that a request names, which may have ended; null where it names none. */
    static @Nullable String sessionId(HttpServerRequest request) {
        Cookie cookie = request.getCookie(COOKIE_OVER_TLS);
        if (cookie == null && !request.isSSL()) {
            cookie = request.getCookie(COOKIE);
        }
        return cookie == null ? null : cookie.getValue();
    }

    /** Compares in a time that tells nothing about how much was right. */
    boolean matches(@Nullable String user, @Nullable String password) {
        boolean rightUser = same(user, config.user().orElse(""));
        boolean rightPassword = same(password, config.password().orElse(""));
        return isOn() && rightUser && rightPassword;
    }

    private static boolean same(@Nullable String given, String wanted) {
        return MessageDigest.isEqual(
                (given == null ? "" : given).getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }

    void install(@Observes Filters filters) {
        if (isOn()) {
            filters.register(this::check, AFTER_BROWSER_GUARD);
        }
    }

    private void check(RoutingContext context) {
        String path = context.normalizedPath();
        Optional<Sessions.Session> session = sessions.find(sessionId(context.request()), Instant.now());
        session.ifPresent(known -> context.put(SESSION, known));
        if (path.equals("/login") && changes(context)) {
            brake.wait(context.request().remoteAddress().hostAddress(), System.nanoTime())
                    .ifPresentOrElse(wait -> LoginPage.tooEarly(context.response(), wait), context::next);
        } else if (isOpen(path)) {
            context.next();
        } else if (session.isEmpty()) {
            askToLogIn(context, path);
        } else if (changes(context) && !path.equals("/logout") && !hasToken(context, session.get())) {
            refuse(context, 403, "The page is older than your login. Reload it and try again.");
        } else {
            if (path.startsWith("/api/")) {
                endWith(session.get(), context);
            }
            context.next();
        }
    }

    /** An answer that still goes on when the login has ended, as a stream does, is cut off: the next one is refused. */
    private void endWith(Sessions.Session session, RoutingContext context) {
        long timer = context.vertx().setPeriodic(LOGIN_CHECKED_EVERY_MILLIS, tick -> {
            if (sessions.find(session.id(), Instant.now()).isEmpty()) {
                boolean unused = context.response().reset();
            }
        });
        context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
    }

    private static boolean isOpen(String path) {
        return path.equals("/login") || path.startsWith("/assets/") || path.startsWith("/q/health");
    }

    private static boolean changes(RoutingContext context) {
        return !READS.contains(context.request().method());
    }

    private static boolean hasToken(RoutingContext context, Sessions.Session session) {
        return same(context.request().getHeader("X-CSRF-Token"), session.csrf());
    }

    private static void askToLogIn(RoutingContext context, String path) {
        String accept = context.request().getHeader("Accept");
        boolean page = !changes(context) && accept != null && accept.contains("text/html");
        if (page) {
            context.response()
                    .setStatusCode(303)
                    .putHeader("Location", "/login?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8))
                    .end();
        } else {
            refuse(context, 401, "Log in first: the login has expired or there was none.");
        }
    }

    private static void refuse(RoutingContext context, int status, String detail) {
        Problem.of(status, detail).send(context.response());
    }
}
