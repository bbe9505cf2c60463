package dev.holdfast.queue.server;

import dev.holdfast.kit.http.Loopback;
import dev.holdfast.queue.commit.Operation;
import dev.holdfast.queue.config.ServerConfig;
import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.http.Authentication;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Time that a test moves forward, so that timeouts and retention of days are tested without waiting for them: with {@code
 * holdfast.test-clock=true}, {@code POST /_holdfast/clock?advance=PT30S} answers 204 once everything that became due is
 * done. Without that setting there is no such path, and the server refuses to start with it where strangers could use it.
 */
@ApplicationScoped
public class TestClock {
    private static final Logger LOG = Logger.getLogger(TestClock.class);
    private static final String PATH = "/_holdfast/clock";
    private static final Duration MAX_ADVANCE = Duration.ofDays(60);

    private final boolean enabled;
    private final WallClockWatch wallClock;
    private final AtomicLong aheadMillis = new AtomicLong();

    TestClock(
            ServerConfig config,
            Authentication authentication,
            WallClockWatch wallClock,
            @ConfigProperty(name = "quarkus.http.host") String bindAddress) {
        this.enabled = config.testClock();
        this.wallClock = wallClock;
        if (enabled && (authentication.isRequired() || !Loopback.isBindAddress(bindAddress))) {
            throw new ConfigurationException("holdfast.test-clock lets every caller move the time; it goes neither with"
                    + " holdfast.credentials nor with an address other than loopback. Remove it.");
        }
    }

    /** The clock that the server goes by. */
    InstantSource over(long lastKnownMillis) {
        ServerClock real = wallClock.makeClock(lastKnownMillis);
        return enabled ? () -> real.instant().plusMillis(aheadMillis.get()) : real;
    }

    void register(@Observes Router router, Engine engine) {
        if (enabled) {
            LOG.warn("event=test-clock-enabled action=\"anybody on this machine can move the time; for tests only\"");
            router.post(PATH).handler(context -> advance(context, engine));
        }
    }

    private void advance(RoutingContext context, Engine engine) {
        context.request().resume();
        Duration step = parse(context.request().getParam("advance"));
        if (step == null) {
            context.response().setStatusCode(400).end("advance must be an ISO 8601 duration from PT0S to P60D.");
            return;
        }
        aheadMillis.addAndGet(step.toMillis());
        catchUp(engine, context);
    }

    private static @Nullable Duration parse(@Nullable String text) {
        try {
            Duration step = text == null ? null : Duration.parse(text);
            return step == null || step.isNegative() || step.compareTo(MAX_ADVANCE) > 0 ? null : step;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static void catchUp(Engine engine, RoutingContext context) {
        var unused = Operation.submit(engine.groupCommit(), engine.messages()::housekeep)
                .whenComplete((more, failure) -> {
                    if (failure == null && more) {
                        catchUp(engine, context);
                    } else {
                        context.response()
                                .setStatusCode(failure == null ? 204 : 503)
                                .end();
                    }
                });
    }
}
