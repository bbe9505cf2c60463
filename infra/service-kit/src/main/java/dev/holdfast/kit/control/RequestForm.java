package dev.holdfast.kit.control;

import dev.holdfast.kit.http.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Refuses malformed requests before anything else looks at them, in the words of the API; the server by itself would refuse them without
 * any. It still does where the URL holds a bad escape, because it sees that before any code of ours.
 */
@Singleton
final class RequestForm {
    /** Before the refusal of other sites' pages. */
    private static final int PRIORITY = 2_000;

    /** A hundred times the longest path. */
    private static final int MAX_URL_LENGTH = 4_096;

    private final long maxBodyBytes;
    private final ApiDescription description;

    RequestForm(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody,
            ApiDescription description) {
        maxBodyBytes = maxBody.asLongValue();
        this.description = description;
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    /** What has no Host, or a target that does not begin with a slash, fails before the first filter. */
    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::explain);
    }

    private void explain(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.getHeader("Host") == null && request.authority() == null) {
            refuse(context, Problem.of(400, "A request needs a Host header.", "Host"));
        } else if (request.path() == null || !request.path().startsWith("/")) {
            refuse(context, Problem.of(400, "The path must begin with a slash" + description.pointer(), "path"));
        } else {
            context.next();
        }
    }

    private void check(RoutingContext context) {
        Problem problem = problem(context.request());
        if (problem == null) {
            context.next();
        } else {
            refuse(context, problem);
        }
    }

    private @Nullable Problem problem(HttpServerRequest request) {
        int urlLength = request.uri().length();
        if (urlLength > MAX_URL_LENGTH) {
            return Problem.of(
                    414, "The URL has " + urlLength + " characters, allowed are " + MAX_URL_LENGTH + ".", "path");
        }
        if (request.getHeader("Transfer-Encoding") != null) {
            // Its size would be known too late to answer anything.
            return Problem.of(411, "Send the body in one piece, with a Content-Length.", "Content-Length");
        }
        return bodyBytes(request) > maxBodyBytes
                ? Problem.of(413, "The body is larger than " + maxBodyBytes + " bytes.", "body")
                : null;
    }

    /** The server has checked that it is a number. */
    private static long bodyBytes(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length == null ? 0 : Long.parseLong(length);
    }

    private static void refuse(RoutingContext context, Problem problem) {
        // What is left of the request is not read.
        problem.send(context.response().putHeader("Connection", "close"));
    }
}
