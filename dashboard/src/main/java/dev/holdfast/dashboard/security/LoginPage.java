package dev.holdfast.dashboard.security;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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
    /** A pause that a person does not notice and a guesser does. */
    private static final Duration AFTER_A_WRONG_GUESS = Duration.ofMillis(700);

    private final LoginGuard guard;
    private final Sessions sessions;

    LoginPage(LoginGuard guard, Sessions sessions) {
        this.guard = guard;
        this.sessions = sessions;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        private Templates() {}

        static native TemplateInstance login(String next, boolean wrong);
    }

    @GET
    @Path("login")
    public TemplateInstance ask(@QueryParam("next") @Nullable String next) {
        return Templates.login(ownPath(next), false);
    }

    @POST
    @Path("login")
    public Response logIn(
            @FormParam("user") @Nullable String user,
            @FormParam("password") @Nullable String password,
            @FormParam("next") @Nullable String next)
            throws InterruptedException {
        if (!guard.matches(user, password)) {
            Thread.sleep(AFTER_A_WRONG_GUESS.toMillis());
            return Response.status(403)
                    .entity(Templates.login(ownPath(next), true).render())
                    .build();
        }
        Instant now = Instant.now();
        Sessions.Session session = sessions.open(now);
        int lastsSeconds = (int) Duration.between(now, session.until()).toSeconds();
        return Response.seeOther(URI.create(ownPath(next)))
                .cookie(cookie(session.id(), lastsSeconds))
                .build();
    }

    @POST
    @Path("logout")
    public Response logOut(
            @CookieParam(LoginGuard.COOKIE) @Nullable String id,
            @FormParam("csrf") @Nullable String csrf,
            @jakarta.ws.rs.core.Context RoutingContext context) {
        if (context.get(LoginGuard.SESSION) instanceof Sessions.Session session
                && session.csrf().equals(csrf)) {
            sessions.close(id);
        }
        return Response.seeOther(URI.create("/login")).cookie(cookie("", 0)).build();
    }

    /** {@code GET /api/session}: 204, or 401 by the guard; by it a page learns why its stream was refused. */
    @GET
    @Path("api/session")
    public Response session() {
        return Response.noContent().build();
    }

    private NewCookie cookie(String value, int maxAgeSeconds) {
        return new NewCookie.Builder(LoginGuard.COOKIE)
                .value(value)
                .path("/")
                .httpOnly(true)
                .secure(guard.isSecure())
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge(maxAgeSeconds)
                .build();
    }

    /** Only a path of this server: a login must not send anyone elsewhere. */
    private static String ownPath(@Nullable String next) {
        return next != null && next.matches("/[A-Za-z0-9/_.-]*") && !next.startsWith("//") ? next : "/";
    }
}
