package dev.holdfast.queue.server;

import dev.holdfast.kit.schedule.WallClockStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Makes the server's clock, and reports what steps of the wall clock mean to it: nothing. */
@ApplicationScoped
class WallClockWatch {
    private static final Logger LOG = Logger.getLogger(WallClockWatch.class);

    /** Until the engine is open, one that reports nothing. */
    private volatile ServerClock clock = new ServerClock(0);

    ServerClock makeClock(long lastKnownMillis) {
        clock = new ServerClock(lastKnownMillis);
        clock.wallClockStep().ifPresent(step -> report());
        return clock;
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
