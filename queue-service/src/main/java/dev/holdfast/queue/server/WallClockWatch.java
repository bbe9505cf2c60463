package dev.holdfast.queue.server;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Makes the server's clock, and looks once a second for steps of the wall clock that it does not follow: they are reported, and
 * what goes by the wall clock is told. The look has a thread that goes by the monotonic clock.
 */
@ApplicationScoped
class WallClockWatch {
    private static final Logger LOG = Logger.getLogger(WallClockWatch.class);

    private final EverySecond everySecond;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread t = new Thread(task, "wall-clock-watch");
        t.setDaemon(true);
        return t;
    });

    /** Until the engine is open, one that reports nothing. */
    private volatile ServerClock clock = new ServerClock(0);

    WallClockWatch(EverySecond everySecond) {
        this.everySecond = everySecond;
    }

    ServerClock makeClock(long lastKnownMillis) {
        clock = new ServerClock(lastKnownMillis);
        clock.wallClockStep().ifPresent(this::report);
        return clock;
    }

    void start(@Observes StartupEvent event) {
        var unused = thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        Optional<Duration> step = clock.wallClockStep();
        step.ifPresent(this::report);
        if (step.isPresent()) {
            everySecond.scheduleAnew();
        }
    }

    private void report(Duration step) {
        LOG.warnf(
                "event=wall-clock-step step=%s wallClockLeadMillis=%d"
                        + " effect=\"timeouts, delays and retention go on as before; the server's time is not set back or forward\""
                        + " action=\"set the clock of this machine right\"",
                step, clock.wallClockLeadMillis());
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }
}
