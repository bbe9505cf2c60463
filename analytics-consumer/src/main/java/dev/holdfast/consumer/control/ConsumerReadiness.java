package dev.holdfast.consumer.control;

import dev.holdfast.consumer.ConsumerService;
import dev.holdfast.consumer.Status;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the database takes reads. The queue may be away: waiting for it is this service's work, and its state is told beside. */
@Readiness
final class ConsumerReadiness implements HealthCheck {
    private final ConsumerService service;

    ConsumerReadiness(ConsumerService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        Status status = service.consumer().status();
        return HealthCheckResponse.named("consumer")
                .up()
                .withData("state", status.state())
                .withData("queueReachable", status.queueReachable())
                .build();
    }
}
