package dev.holdfast.consumer;

import dev.holdfast.consumer.apply.Halt;
import dev.holdfast.consumer.database.Database;
import dev.holdfast.consumer.database.UnusableDatabaseException;
import dev.holdfast.consumer.queue.CertificateAuthority;
import dev.holdfast.consumer.queue.SqsClients;
import dev.holdfast.consumer.queue.SqsConfig;
import dev.holdfast.consumer.session.NameInUseException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.time.InstantSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Ties the consumer's life to that of the process. */
@ApplicationScoped
public class ConsumerService {
    private static final Logger LOG = Logger.getLogger(ConsumerService.class);

    private final ConsumerConfig config;
    private final SqsConfig sqsConfig;
    private final int port;
    private volatile @Nullable Consumer consumer;

    ConsumerService(ConsumerConfig config, SqsConfig sqsConfig, @ConfigProperty(name = "quarkus.http.port") int port) {
        this.config = config;
        this.sqsConfig = sqsConfig;
        this.port = port;
    }

    /** The consumer while it runs. */
    public Consumer consumer() {
        Consumer running = consumer;
        if (running == null) {
            throw new IllegalStateException("the consumer is not running");
        }
        return running;
    }

    public ConsumerConfig config() {
        return config;
    }

    void start(@Observes StartupEvent event) {
        try {
            ConsumerConfigCheck.check(config);
            CertificateAuthority.context(sqsConfig.caFile());
            Database database = Database.open(DataFolder.database(config));
            try {
                Consumer starting = new Consumer(
                        config,
                        port,
                        database,
                        SqsClients.create(sqsConfig),
                        InstantSource.system(),
                        ConsumerService::halt);
                starting.start();
                consumer = starting;
            } catch (NameInUseException | RuntimeException e) {
                database.close();
                throw e;
            }
        } catch (UnusableDatabaseException
                | NameInUseException
                | ConsumerConfigCheck.InvalidConfigException
                | CertificateAuthority.UnusableFileException e) {
            throw new CannotStartException(String.valueOf(e.getMessage()));
        }
    }

    /** With port 0 the system chose one, which is known only now. */
    void listening(@ObservesAsync HttpServerStart event) {
        Consumer running = consumer;
        if (running != null) {
            running.listensOn(ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        Consumer running = consumer;
        if (running != null) {
            running.stop();
        }
    }

    private static void halt(String reason) {
        LOG.errorf("halting without a clean close: %s", reason);
        Runtime.getRuntime().halt(Halt.EXIT_CODE);
    }
}
