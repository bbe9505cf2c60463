package dev.holdfast.queue.server;

import dev.holdfast.queue.action.SqsService;
import dev.holdfast.queue.config.ServerConfig;
import dev.holdfast.queue.faults.Faults;
import dev.holdfast.queue.http.Authentication;
import dev.holdfast.queue.http.Callers;
import dev.holdfast.queue.http.CrossSiteHandler;
import dev.holdfast.queue.http.Gate;
import dev.holdfast.queue.http.OwnerOnly;
import dev.holdfast.queue.http.PeekEndpoint;
import dev.holdfast.queue.http.SqsEndpoint;
import dev.holdfast.queue.http.TrustedProxies;
import dev.holdfast.queue.http.admission.Admission;
import dev.holdfast.queue.http.netty.Connections;
import dev.holdfast.queue.inspect.Peek;
import dev.holdfast.queue.policy.Access;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Puts the guard before every route of the server, the SQS API behind it, and the owner's check before all others. */
@ApplicationScoped
class Routes {
    /** Before the routes of Quarkus, which start at 0, and after its own preparations, which have great negative orders. */
    private static final int FIRST = -1_000;

    void register(
            @Observes Router router,
            CrossSiteHandler guard,
            SqsService service,
            Authentication authentication,
            OwnerOnly ownerOnly,
            Faults faults,
            ServerConfig config,
            Access access,
            Admission admission,
            Connections connections,
            Peek peek) {
        connections.watch();
        router.route().order(FIRST).failureHandler(Gate::refuseMalformed);
        router.route().order(FIRST).handler(Gate::requireRoom);
        router.route().order(FIRST).handler(guard);
        Callers callers = new Callers(
                authentication::accountOf,
                authentication.isRequired(),
                new TrustedProxies(access.trustedProxies().orElse(List.of())),
                config.publicUrl());
        router.route()
                .order(FIRST + 1)
                .handler(new SqsEndpoint(service::perform, service::undelivered, callers, faults::draw, admission));
        PeekEndpoint peekEndpoint = new PeekEndpoint(peek, callers, admission);
        router.route(PeekEndpoint.PATH).order(FIRST + 1).handler(peekEndpoint);
        router.route(PeekEndpoint.PATH + "/*").order(FIRST + 1).handler(peekEndpoint);
        router.route().order(FIRST + 2).handler(ownerOnly);
    }
}
