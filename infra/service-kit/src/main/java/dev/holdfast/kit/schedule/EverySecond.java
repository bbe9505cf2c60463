package dev.holdfast.kit.schedule;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Runs what a service does once a second. The scheduler goes by the wall clock and would be silent for as long as that is set
 * back, so that {@link WallClockWatch} has everything scheduled anew after such a step. Thread-safe.
 */
@ApplicationScoped
public class EverySecond {
    private static final Logger LOG = Logger.getLogger(EverySecond.class);
    private static final String PERIOD = "1s";

    private final Scheduler scheduler;
    private final Map<String, Work> all = new ConcurrentHashMap<>();

    EverySecond(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Work that is done until it is closed; once that returns, no run is under way and none follows. */
    public final class Work implements AutoCloseable {
        private final String name;
        private final Runnable task;
        private final ReentrantLock running = new ReentrantLock();
        private boolean closed; // guarded by running

        private Work(String name, Runnable task) {
            this.name = name;
            this.task = task;
        }

        private void run() {
            running.lock();
            try {
                if (!closed) {
                    task.run();
                }
            } catch (RuntimeException e) {
                LOG.errorf(e, "event=periodic-work-failed work=%s action=\"tried again in a second\"", name);
            } finally {
                running.unlock();
            }
        }

        private void schedule() {
            var unused = scheduler
                    .newJob(name)
                    .setInterval(PERIOD)
                    .setConcurrentExecution(Scheduled.ConcurrentExecution.SKIP)
                    .setTask(execution -> run())
                    .schedule();
        }

        @Override
        public void close() {
            var unused = scheduler.unscheduleJob(name);
            all.remove(name, this);
            running.lock();
            try {
                closed = true;
            } finally {
                running.unlock();
            }
        }
    }

    /** From now on until the service stops; a run that takes longer than a second is not overtaken by the next. */
    public Work run(String name, Runnable task) {
        var work = new Work(name, task);
        if (all.putIfAbsent(name, work) != null) {
            throw new IllegalStateException("there already is periodic work of the name " + name);
        }
        work.schedule();
        return work;
    }

    /** To be called when the wall clock was set. */
    void scheduleAnew() {
        all.forEach((name, work) -> {
            var unused = scheduler.unscheduleJob(name);
            work.schedule();
        });
    }

    void stop(@Observes ShutdownEvent event) {
        all.keySet().forEach(scheduler::unscheduleJob);
    }
}
