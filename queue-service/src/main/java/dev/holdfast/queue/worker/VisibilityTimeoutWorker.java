package dev.holdfast.queue.worker;

import dev.holdfast.queue.Engine;
import dev.holdfast.queue.EverySecond;
import dev.holdfast.queue.message.Operation;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Once a second: returns messages whose visibility timeout ran out, moves those that were received too often to their
 * dead-letter queue, expires what was retained long enough, and deletes the rows of purges in steps. Each step is a write
 * of its own, so that other requests run between two of them.
 */
@ApplicationScoped
class VisibilityTimeoutWorker {
    private static final Logger LOG = Logger.getLogger(VisibilityTimeoutWorker.class);

    private final Engine engine;
    private final AtomicBoolean running = new AtomicBoolean();

    VisibilityTimeoutWorker(Engine engine) {
        this.engine = engine;
    }

    void start(@Observes StartupEvent event, EverySecond everySecond) {
        everySecond.run("visibility-timeouts", this::tick);
    }

    private void tick() {
        if (running.compareAndSet(false, true)) {
            step();
        }
    }

    private void step() {
        var unused = Operation.submit(engine.groupCommit(), engine.messages()::housekeep)
                .whenComplete((more, failure) -> {
                    if (failure != null) {
                        LOG.warnf(
                                "event=housekeeping-failed reason=\"%s\" action=\"tried again in a second\"",
                                failure.getMessage());
                    }
                    if (failure == null && more) {
                        step();
                    } else {
                        running.set(false);
                    }
                });
    }
}
