package dev.holdfast.queue.server;

import dev.holdfast.kit.schedule.EverySecond;
import dev.holdfast.queue.commit.Operation;
import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.store.sqlite.FreePages;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Once a second: looks whether the files are still there, how full the disk is and whether another program still locks it, and gives space of deleted messages back
 * to it where it is short, or where the file is mostly empty, in {@link Steps}.
 */
@ApplicationScoped
class DiskSpaceWorker {
    private final Engine engine;
    private final Steps givingBack;

    DiskSpaceWorker(Engine engine) {
        this.engine = engine;
        this.givingBack = new Steps(
                engine,
                tx -> FreePages.giveBack(tx, engine.database().diskSpace().isShort()),
                failure -> {}); // Tried again in a second.
    }

    void start(@Observes StartupEvent event, EverySecond everySecond) {
        var unused = everySecond.run("disk-space", this::tick);
    }

    private void tick() {
        engine.openFiles().check();
        engine.database().diskSpace().check();
        givingBack.begin();
        if (engine.groupCommit().isLocked()) {
            probe();
        }
    }

    /** Without requests nothing else would find out that the lock is gone, and readiness keeps requests away. */
    private void probe() {
        var unused = Operation.submit(engine.groupCommit(), tx -> tx.update("update server set clean_shutdown = 0"));
    }
}
