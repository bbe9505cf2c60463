package dev.holdfast.queue.http;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.http.netty.Heads;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Answers in the protocol's shape what the router refuses before any route is asked, what there is no room for, and what no
 * route serves.
 */
public final class Unserved {
    private static final int BAD_REQUEST = 400;

    /** A failure handler: no Host is no error of ours, so nothing is logged. A path that cannot be decoded ends before, with a bare 400. */
    public static void malformed(RoutingContext context) {
        if (context.statusCode() == BAD_REQUEST && !context.response().ended()) {
            String why =
                    context.failure() == null ? "" : ": " + context.failure().getMessage();
            refuse(context, SqsError.MALFORMED_HTTP_REQUEST.because("The request is not well-formed HTTP" + why + "."));
        } else {
            context.next();
        }
    }

    /** Lets pass what there is room for. The body of another is not waited for, since its head would be kept meanwhile. */
    public static void withoutRoom(RoutingContext context) {
        if (Heads.isRefused(context.request().connection())) {
            refuse(
                    context,
                    SqsError.REQUEST_THROTTLED.because(
                            "The server keeps as many heads of requests as it may (holdfast.limits.max-head-bytes-in-hand)."
                                    + " Try again with exponential back-off."));
        } else {
            context.next();
        }
    }

    private static void refuse(RoutingContext context, SqsException refusal) {
        context.response().putHeader("Connection", "close");
        Refusals.send(context.response(), refusal);
        context.request().connection().close();
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException notFound, @Context UriInfo uri) {
        return Refusals.response(
                SqsError.INVALID_ADDRESS.because(
                        "Nothing is served at " + uri.getPath()
                                + ". SQS is at / and at /{account}/{queue}, the operator's API below /_holdfast, health and metrics below /q."));
    }
}
