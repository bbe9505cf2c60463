package dev.holdfast.queue.server;

import dev.holdfast.kit.schedule.EverySecond;
import dev.holdfast.queue.engine.Engine;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * Once a second: returns messages whose visibility timeout ran out, moves those that were received too often to their
 * dead-letter queue, expires what was retained long enough, and deletes the rows of purges, in {@link Steps}.
 */
@ApplicationScoped
class VisibilityTimeoutWorker {
    private static final Logger LOG = Logger.getLogger(VisibilityTimeoutWorker.class);

    private final Steps steps;

    VisibilityTimeoutWorker(Engine engine) {
        this.steps = new Steps(engine, engine.messages()::housekeep, VisibilityTimeoutWorker::report);
    }

    void start(@Observes StartupEvent event, EverySecond everySecond) {
        var unused = everySecond.run("visibility-timeouts", steps::begin);
    }

    private static void report(Throwable failure) {
        LOG.warnf("event=housekeeping-failed reason=\"%s\" action=\"tried again in a second\"", failure.getMessage());
    }
}
