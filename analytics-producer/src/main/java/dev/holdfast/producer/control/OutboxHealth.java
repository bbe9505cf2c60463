package dev.holdfast.producer.control;

import dev.holdfast.producer.Producer;
import dev.holdfast.producer.ProducerLifecycle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while the outbox is written. The queue is told but does not count: a producer without its queue waits, and is well. */
@Readiness
@ApplicationScoped
public class OutboxHealth implements HealthCheck {
    private final ProducerLifecycle lifecycle;

    @Inject
    OutboxHealth(ProducerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("outbox");
        return lifecycle
                .producer()
                .filter(Producer::isAlive)
                .map(producer -> response.up()
                        .withData("queue", producer.status().queueState().name())
                        .build())
                .orElseGet(() -> response.down().build());
    }
}
