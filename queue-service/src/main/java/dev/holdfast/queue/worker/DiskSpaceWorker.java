package dev.holdfast.queue.worker;

import dev.holdfast.queue.Engine;
import dev.holdfast.queue.EverySecond;
import dev.holdfast.queue.message.Operation;
import dev.holdfast.queue.sqlite.FreePages;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Once a second: looks whether the files are still there and how full the disk is, and gives space of deleted messages back
 * to it where it is short, or where the file is mostly empty. Each step is a write of its own, so that requests run between
 * two of them.
 */
@ApplicationScoped
class DiskSpaceWorker {
    private final Engine engine;
    private final AtomicBoolean running = new AtomicBoolean();

    DiskSpaceWorker(Engine engine) {
        this.engine = engine;
    }

    void start(@Observes StartupEvent event, EverySecond everySecond) {
        everySecond.run("disk-space", this::tick);
    }

    private void tick() {
        engine.openFiles().check();
        engine.database().diskSpace().check();
        if (running.compareAndSet(false, true)) {
            step();
        }
    }

    private void step() {
        boolean wanted = engine.database().diskSpace().isShort();
        var unused = Operation.submit(engine.groupCommit(), tx -> FreePages.giveBack(tx, wanted))
                .whenComplete((more, failure) -> {
                    if (failure == null && more) {
                        step();
                    } else {
                        running.set(false);
                    }
                });
    }
}
