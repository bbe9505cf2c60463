package dev.holdfast.queue.server;

import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.store.sqlite.FreePages;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Once a second: looks whether the files are still there and how full the disk is, and gives space of deleted messages back
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
        everySecond.run("disk-space", this::tick);
    }

    private void tick() {
        engine.openFiles().check();
        engine.database().diskSpace().check();
        givingBack.begin();
    }
}
