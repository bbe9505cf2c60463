package dev.holdfast.queue.wire;

import dev.holdfast.queue.ServerConfig;
import dev.holdfast.queue.SqsService;
import dev.holdfast.queue.auth.Authentication;
import dev.holdfast.queue.auth.CrossSiteGuard;
import dev.holdfast.queue.auth.OwnerOnly;
import dev.holdfast.queue.faults.Faults;
import dev.holdfast.queue.inspect.Looking;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Puts the guard before every route of the server, the SQS API behind it, and the owner's check before all others. */
@ApplicationScoped
class Routes {
    /** Before the routes of Quarkus, which start at 0, and after its own preparations, which have great negative orders. */
    private static final int FIRST = -1_000;

    void register(
            @Observes Router router,
            CrossSiteGuard guard,
            SqsService service,
            Authentication authentication,
            OwnerOnly ownerOnly,
            Faults faults,
            ServerConfig config,
            Intake intake,
            Connections connections,
            Looking looking) {
        connections.watch();
        router.route().order(FIRST).failureHandler(Unserved::malformed);
        router.route().order(FIRST).handler(Unserved::withoutRoom);
        router.route().order(FIRST).handler(guard);
        router.route()
                .order(FIRST + 1)
                .handler(new SqsEndpoint(
                        service::perform,
                        service::undelivered,
                        authentication::accountOf,
                        faults::draw,
                        config.publicUrl(),
                        intake));
        LookEndpoint look = new LookEndpoint(looking, authentication::accountOf, config.publicUrl(), intake);
        router.route(LookEndpoint.PATH).order(FIRST + 1).handler(look);
        router.route(LookEndpoint.PATH + "/*").order(FIRST + 1).handler(look);
        router.route().order(FIRST + 2).handler(ownerOnly);
    }
}
