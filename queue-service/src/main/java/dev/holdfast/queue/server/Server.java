package dev.holdfast.queue.server;

import dev.holdfast.kit.start.StartRefusedException;
import dev.holdfast.queue.config.ServerConfig;
import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.queues.QueueSettings;
import dev.holdfast.queue.store.Halt;
import dev.holdfast.queue.store.sqlite.Database;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/** Opens the engine when the process starts and closes it when it ends. */
@ApplicationScoped
class Server {
    private static final Logger LOG = Logger.getLogger(Server.class);

    private final ServerConfig config;

    Server(ServerConfig config) {
        this.config = config;
    }

    /** Recovery is over, or has failed with a sentence for the operator, before the first request is accepted. */
    void start(@Observes StartupEvent event, Engine engine, DeclaredQueues declared) throws SQLException {
        try {
            declared.make();
        } catch (DeclaredQueues.Refused e) {
            throw new StartRefusedException(String.valueOf(e.getMessage()));
        }
        LOG.infof("event=queues-declared region=%s account=%s", config.region(), config.account());
    }

    @Produces
    @Singleton
    Engine engine(Halt halt, TestClock clock) throws SQLException {
        return new Engine(
                open(config),
                new QueueSettings(config.region(), config.account(), config.strictTiming()),
                clock::over,
                halt);
    }

    private static Database open(ServerConfig config) {
        return Database.open(
                config.dataDir().resolve("queue.db"),
                config.diskReserve()
                        .map(size -> OptionalLong.of(size.asLongValue()))
                        .orElse(OptionalLong.empty()));
    }

    void close(@Disposes Engine engine) throws SQLException {
        engine.close();
    }

    @Produces
    @Singleton
    Halt halt() {
        return why -> Runtime.getRuntime().halt(Halt.EXIT_CODE);
    }
}
