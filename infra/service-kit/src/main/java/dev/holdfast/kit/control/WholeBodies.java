package dev.holdfast.kit.control;

import dev.holdfast.kit.http.Problem;
import dev.holdfast.kit.netty.HttpBounds;
import dev.holdfast.kit.netty.HttpBounds.Bound;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads a body before anything else sees its request, so that no thread waits for a client: a few hundred that send half a body would
 * have all of them.
 */
@Singleton
final class WholeBodies {
    /** After every refusal that needs no body. */
    private static final int PRIORITY = 100;

    private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final HttpBounds bounds;
    private final long maxBodyBytes;

    WholeBodies(HttpBounds bounds, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.bounds = bounds;
        this.maxBodyBytes = maxBodySize.asLongValue();
    }

    void install(@Observes Filters filters) {
        filters.register(this::read, PRIORITY);
    }

    private void read(RoutingContext context) {
        if (WITHOUT_BODY.contains(context.request().method())
                || context.request().isEnded()) {
            context.next();
        } else {
            new Arriving(context).begin();
        }
    }

    /** The body of one request. Used on the connection's I/O thread only. */
    private final class Arriving {
        private final RoutingContext context;
        private final HttpServerRequest request;
        private final Buffer body = Buffer.buffer();
        private long deadline;
        private boolean ended;
        private long taken;

        Arriving(RoutingContext context) {
            this.context = context;
            this.request = context.request();
        }

        void begin() {
            deadline = context.vertx().setTimer(bounds.bodyTimeout().toMillis(), this::late);
            context.addEndHandler(done -> forget());
            request.handler(this::more);
            request.endHandler(end -> whole());
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                context.response().writeContinue();
            }
            request.resume();
        }

        private void more(Buffer bytes) {
            if (ended) {
                return; // Refused, and on its way to be closed.
            }
            if (body.length() + bytes.length() > maxBodyBytes) {
                refuse(Problem.of(413, "The body is larger than " + maxBodyBytes + " bytes.", "body"));
            } else if (!bounds.tryTake(bytes.length())) {
                context.response().putHeader("Retry-After", "1");
                refuse(Problem.of(503, "Too many bodies arrive at once. Try again in a second."));
            } else {
                taken += bytes.length();
                body.appendBuffer(bytes);
            }
        }

        private void whole() {
            if (!ended) {
                ended = true;
                context.vertx().cancelTimer(deadline);
                ((RoutingContextInternal) context).setBody(body);
                context.next();
            }
        }

        private void late(long timer) {
            bounds.reached(Bound.BODY_TIMEOUT);
            refuse(Problem.of(
                    408,
                    "The body was not whole after " + bounds.bodyTimeout().toSeconds() + " s ("
                            + Bound.BODY_TIMEOUT.setting() + ").",
                    "body"));
        }

        private void refuse(Problem problem) {
            ended = true;
            problem.sendLast(request);
        }

        private void forget() {
            ended = true;
            context.vertx().cancelTimer(deadline);
            bounds.giveBack(taken);
            taken = 0;
        }
    }
}
