package dev.holdfast.queue.server;

import dev.holdfast.kit.schedule.WallClockStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Makes the server's clock, and reports what steps of the wall clock mean to it: nothing. */
@ApplicationScoped
class WallClockWatch {
    private static final Logger LOG = Logger.getLogger(WallClockWatch.class);

    /** Until the engine is open, one that reports nothing. */
    private volatile ServerClock clock = new ServerClock(0);

    ServerClock makeClock(long lastKnownMillis) {
        clock = new ServerClock(lastKnownMillis);
        clock.wallClockStep().ifPresent(WallClockWatch::foundAtStart);
        return clock;
    }

    /** It was set back while nothing ran that could have seen it. */
    private static void foundAtStart(Duration step) {
        LOG.warnf(
                "event=wall-clock-step step=%s effect=\"the server's time goes on from where the database was\""
                        + " action=\"set the clock of this machine right\"",
                step);
    }

    void stepped(@Observes WallClockStep step) {
        report();
    }

    private void report() {
        LOG.warnf(
                "event=server-clock-differs wallClockLeadMillis=%d"
                        + " effect=\"timeouts, delays and retention go on as before; the server's time is not set back or forward\""
                        + " action=\"set the clock of this machine right\"",
                clock.wallClockLeadMillis());
    }
}
