package dev.holdfast.queue.server;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Runs what the server does once a second. The scheduler goes by the wall clock and would be silent for as long as that is set
 * back, so that {@link WallClockWatch} has everything scheduled anew after such a step.
 */
@ApplicationScoped
public class EverySecond {
    private static final Logger LOG = Logger.getLogger(EverySecond.class);
    private static final String PERIOD = "1s";

    private final Scheduler scheduler;
    private final Map<String, Runnable> jobs = new ConcurrentHashMap<>();

    EverySecond(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** From now on until the server stops; a run that takes longer is not overtaken by the next. */
    public void run(String name, Runnable work) {
        jobs.put(name, work);
        schedule(name, work);
    }

    private void schedule(String name, Runnable work) {
        var unused = scheduler
                .newJob(name)
                .setInterval(PERIOD)
                .setConcurrentExecution(Scheduled.ConcurrentExecution.SKIP)
                .setTask(execution -> runSafely(name, work))
                .schedule();
    }

    private static void runSafely(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "event=periodic-work-failed work=%s action=\"tried again in a second\"", name);
        }
    }

    /** To be called when the wall clock was set. */
    void scheduleAnew() {
        jobs.forEach((name, work) -> {
            var unused = scheduler.unscheduleJob(name);
            schedule(name, work);
        });
    }

    void stop(@Observes ShutdownEvent event) {
        jobs.keySet().forEach(scheduler::unscheduleJob);
    }
}
