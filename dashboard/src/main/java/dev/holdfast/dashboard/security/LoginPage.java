package dev.holdfast.dashboard.security;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The form to log in, and the way out. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class LoginPage {
    private final LoginGuard guard;
    private final LoginBrake brake;
    private final Sessions sessions;

    LoginPage(LoginGuard guard, LoginBrake brake, Sessions sessions) {
        this.guard = guard;
        this.brake = brake;
        this.sessions = sessions;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        private Templates() {}

        static native TemplateInstance login(String next, String refusal);
    }

    @GET
    @Path("login")
    public TemplateInstance ask(@QueryParam("next") @Nullable String next) {
        return Templates.login(ownPath(next), "");
    }

    /** Nobody looked at the password. Answered before a thread was taken for it. */
    static void tooEarly(HttpServerResponse response, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        response.setStatusCode(429)
                .putHeader("Retry-After", Long.toString(seconds))
                .putHeader("Content-Type", MediaType.TEXT_HTML + ";charset=UTF-8")
                .end(Templates.login("/", "Too many attempts. Try again in " + seconds + " s.")
                        .render());
    }

    @POST
    @Path("login")
    public Response logIn(
            @FormParam("user") @Nullable String user,
            @FormParam("password") @Nullable String password,
            @FormParam("next") @Nullable String next,
            @Context HttpServerRequest request) {
        if (!guard.matches(user, password)) {
            return Response.status(403)
                    .entity(Templates.login(ownPath(next), "That user and password do not match. Try again.")
                            .render())
                    .build();
        }
        Instant now = Instant.now();
        brake.right(request.remoteAddress().hostAddress());
        sessions.close(LoginGuard.sessionId(request)); // the one that this browser had
        Sessions.Session session = sessions.open(now);
        int lastsSeconds = (int) Duration.between(now, session.until()).toSeconds();
        return Response.seeOther(URI.create(ownPath(next)))
                .cookie(cookie(request, session.id(), lastsSeconds))
                .build();
    }

    @POST
    @Path("logout")
    public Response logOut(
            @FormParam("csrf") @Nullable String csrf,
            @FormParam("everywhere") boolean everywhere,
            @Context RoutingContext context) {
        if (context.get(LoginGuard.SESSION) instanceof Sessions.Session session
                && session.csrf().equals(csrf)) {
            if (everywhere) {
                sessions.closeAll();
            } else {
                sessions.close(session.id());
            }
        }
        return Response.seeOther(URI.create("/login"))
                .cookie(cookie(context.request(), "", 0))
                .build();
    }

    /** {@code GET /api/session}: 204, or 401 by the guard; by it a page learns why its stream was refused. */
    @GET
    @Path("api/session")
    public Response session() {
        return Response.noContent().build();
    }

    private static NewCookie cookie(HttpServerRequest request, String value, int maxAgeSeconds) {
        boolean overTls = LoginGuard.isOverTls(request);
        return new NewCookie.Builder(LoginGuard.cookieName(overTls))
                .value(value)
                .path("/")
                .httpOnly(true)
                .secure(overTls)
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge(maxAgeSeconds)
                .build();
    }

    /** Only a path of this server: a login must not send anyone elsewhere. */
    private static String ownPath(@Nullable String next) {
        return next != null && next.matches("/[A-Za-z0-9/_.-]*") && !next.startsWith("//") ? next : "/";
    }
}
