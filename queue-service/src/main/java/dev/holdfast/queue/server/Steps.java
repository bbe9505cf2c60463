package dev.holdfast.queue.server;

import dev.holdfast.queue.commit.Operation;
import dev.holdfast.queue.engine.Engine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Work that goes in steps, each a write of its own, until there is nothing more to do. After a step it rests three times as
 * long as that took, from its turn in the queue to its commit: it takes a quarter of the writer's time at most, so that a
 * million rows to be deleted cost the requests beside them little. When the disk is short it does not rest. Thread-safe.
 */
final class Steps {
    private static final int RESTS_PER_STEP = 3;

    private final Engine engine;
    private final Operation.Work<Boolean> step;
    private final Consumer<Throwable> failed;
    private final AtomicBoolean running = new AtomicBoolean();

    /**
     * @param step tells whether there is more to do
     */
    Steps(Engine engine, Operation.Work<Boolean> step, Consumer<Throwable> failed) {
        this.engine = engine;
        this.step = step;
        this.failed = failed;
    }

    /** Begins unless it runs already. */
    void begin() {
        if (running.compareAndSet(false, true)) {
            next();
        }
    }

    private void next() {
        long began = System.nanoTime();
        var unused = Operation.submit(engine.groupCommit(), step).whenComplete((more, failure) -> {
            if (failure != null) {
                failed.accept(failure);
            }
            if (failure != null || !more) {
                running.set(false);
            } else if (engine.database().diskSpace().isShort()) {
                next();
            } else {
                rest(System.nanoTime() - began);
            }
        });
    }

    private void rest(long stepNanos) {
        CompletableFuture.delayedExecutor(RESTS_PER_STEP * stepNanos, TimeUnit.NANOSECONDS)
                .execute(this::next);
    }
}
