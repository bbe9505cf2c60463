package dev.holdfast.queue.http;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.http.netty.Heads;
import io.vertx.ext.web.RoutingContext;

/** What every request passes before any route looks at it. */
public final class Gate {
    private static final int BAD_REQUEST = 400;

    private Gate() {}

    /** A failure handler for what the router refuses by itself, as a request without a Host; it is no error of ours, so nothing is logged. A path that cannot be decoded ends before, with a bare 400. */
    public static void refuseMalformed(RoutingContext context) {
        if (context.statusCode() == BAD_REQUEST && !context.response().ended()) {
            String why =
                    context.failure() == null ? "" : ": " + context.failure().getMessage();
            Refusals.sendAndClose(
                    context.request(),
                    SqsError.MALFORMED_HTTP_REQUEST.because("The request is not well-formed HTTP" + why + "."));
        } else {
            context.next();
        }
    }

    /** Refuses a request for whose head there is no room. Its body is not waited for, because that would keep the head. */
    public static void requireRoom(RoutingContext context) {
        if (Heads.isRefused(context.request().connection())) {
            Refusals.sendAndClose(
                    context.request(),
                    SqsError.REQUEST_THROTTLED.because(
                            "The server keeps as many heads of requests as it may (holdfast.limits.max-head-bytes-in-hand)."
                                    + " Try again with exponential back-off."));
        } else {
            context.next();
        }
    }
}
