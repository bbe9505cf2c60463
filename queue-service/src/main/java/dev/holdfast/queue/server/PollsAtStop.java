package dev.holdfast.queue.server;

import dev.holdfast.queue.engine.Engine;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers the polls that wait when the process is told to stop. An orderly stop waits for every request that is being served, so that
 * this cannot wait for the stop: the JVM begins all its hooks at once.
 */
@ApplicationScoped
class PollsAtStop {
    void start(@Observes StartupEvent event, Engine engine) {
        Runtime.getRuntime().addShutdownHook(new Thread(engine::endLongPolls, "end-long-polls"));
    }
}
