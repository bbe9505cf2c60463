package dev.holdfast.consumer.control;

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
 * Refuses, before anything else looks at it, what has not the form of a request to this API. The server by itself would do so without a
 * word; it still does where the URL has an escape that is none, which it refuses before any code of ours runs.
 */
@Singleton
final class RequestForm {
    /** Before the refusal of other sites' pages. */
    private static final int PRIORITY = 2_000;

    /** A hundred times the longest path. */
    private static final int MAX_URL_LENGTH = 4_096;

    private final long maxBodyBytes;

    RequestForm(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
        maxBodyBytes = maxBody.asLongValue();
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    /** What has no Host, or a target that begins with no slash, fails before the first filter. */
    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(RequestForm::explain);
    }

    private static void explain(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.getHeader("Host") == null) {
            refuse(context, Problem.of(400, "Host", "a request needs a Host header"));
        } else if (request.path() == null || !request.path().startsWith("/")) {
            refuse(
                    context,
                    Problem.of(400, "path", "the path must begin with a slash; see /q/swagger-ui for what exists"));
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
            return Problem.of(414, "path", "the URL has " + urlLength + " characters, allowed are " + MAX_URL_LENGTH);
        }
        if (request.getHeader("Transfer-Encoding") != null) {
            // Its size would be known too late to answer anything.
            return Problem.of(411, "Content-Length", "send the body in one piece, with a Content-Length");
        }
        return bodyBytes(request) > maxBodyBytes
                ? Problem.of(413, "body", "the body is larger than " + maxBodyBytes + " bytes")
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
