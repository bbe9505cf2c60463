package dev.holdfast.producer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.kit.sqs.SqsConfig;
import dev.holdfast.producer.config.ProducerConfig;
import dev.holdfast.producer.config.QueueConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Holds the producer between the application's start and its end. */
@ApplicationScoped
public class ProducerLifecycle {
    private final ProducerConfig config;
    private final SqsConfig sqs;
    private final QueueConfig queue;
    private final Path folder;
    private final ObjectMapper json;
    private volatile @Nullable Producer producer;

    @Inject
    ProducerLifecycle(
            ProducerConfig config,
            SqsConfig sqs,
            QueueConfig queue,
            @ConfigProperty(name = "holdfast.data-dir") Path folder,
            ObjectMapper json) {
        this.config = config;
        this.sqs = sqs;
        this.queue = queue;
        this.folder = folder;
        this.json = json;
    }

    /** Before the control API listens: what cannot start never seems to have started. */
    void start(@Observes StartupEvent event) {
        producer = Producer.start(config, sqs, queue, folder, json, InstantSource.system());
    }

    /** Empty until it has started, and again while the process stops. */
    public Optional<Producer> producer() {
        return Optional.ofNullable(producer);
    }

    void stop(@Observes ShutdownEvent event) {
        Producer running = producer;
        producer = null;
        if (running != null) {
            running.stop();
        }
    }
}
