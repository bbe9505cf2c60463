package dev.holdfast.kit.schedule;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks once a second whether the wall clock was set, and tells whoever observes {@link WallClockStep}. The look has a thread that goes
 * by the monotonic clock.
 */
@ApplicationScoped
class WallClockWatch {
    private static final Logger LOG = Logger.getLogger(WallClockWatch.class);

    /** Less is how finely a wall clock is kept in step, and how late a look at two clocks may be. */
    private static final long SMALLEST_STEP_MILLIS = 2_000;

    private final EverySecond everySecond;
    private final Event<WallClockStep> steps;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("wall-clock-watch").daemon().factory());
    private long leadSeenMillis;

    WallClockWatch(EverySecond everySecond, Event<WallClockStep> steps) {
        this.everySecond = everySecond;
        this.steps = steps;
    }

    void start(@Observes StartupEvent event) {
        leadSeenMillis = leadMillis();
        var unused = thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** Of the wall clock over the monotonic one, which counts from an arbitrary moment. */
    private static long leadMillis() {
        return System.currentTimeMillis() - System.nanoTime() / 1_000_000;
    }

    private void look() {
        long lead = leadMillis();
        Duration step = Duration.ofMillis(lead - leadSeenMillis);
        if (Math.abs(step.toMillis()) < SMALLEST_STEP_MILLIS) {
            return;
        }
        leadSeenMillis = lead;
        try {
            LOG.warnf(
                    "event=wall-clock-step step=%s effect=\"periodic work goes on every second\" action=\"set the clock of this machine right\"",
                    step);
            everySecond.scheduleAnew();
            steps.fire(new WallClockStep(step));
        } catch (RuntimeException e) {
            LOG.errorf(e, "event=wall-clock-step-not-followed step=%s", step);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }
}
