package dev.holdfast.consumer;

import dev.holdfast.consumer.apply.Halt;
import dev.holdfast.consumer.config.ConsumerConfig;
import dev.holdfast.consumer.config.ConsumerConfigCheck;
import dev.holdfast.consumer.database.AnalyticsDatabase;
import dev.holdfast.consumer.queue.PriceQueue;
import dev.holdfast.kit.schedule.EverySecond;
import dev.holdfast.kit.sqlite.Database;
import dev.holdfast.kit.sqs.SqsClients;
import dev.holdfast.kit.sqs.SqsConfig;
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
import software.amazon.awssdk.services.sqs.SqsClient;

/** Ties the consumer's life to that of the process. */
@ApplicationScoped
public class ConsumerService {
    private static final Logger LOG = Logger.getLogger(ConsumerService.class);

    private final ConsumerConfig config;
    private final SqsConfig sqsConfig;
    private final EverySecond everySecond;
    private final int port;
    private volatile @Nullable Consumer consumer;

    ConsumerService(
            ConsumerConfig config,
            SqsConfig sqsConfig,
            EverySecond everySecond,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.config = config;
        this.sqsConfig = sqsConfig;
        this.everySecond = everySecond;
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
        ConsumerConfigCheck.check(config);
        SqsClient sqs = SqsClients.build(PriceQueue.client(sqsConfig));
        Database database = AnalyticsDatabase.open(config.database());
        try {
            Consumer starting = new Consumer(
                    config, port, database, sqs, everySecond, InstantSource.system(), ConsumerService::halt);
            starting.start();
            consumer = starting;
        } catch (RuntimeException e) {
            database.close();
            throw e;
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
        LOG.errorf(
                "event=halted reason=\"%s\" effect=\"nothing is closed; the next start reads what is on disk\"",
                reason);
        Runtime.getRuntime().halt(Halt.EXIT_CODE);
    }
}
