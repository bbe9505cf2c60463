package dev.holdfast.queue.inspect;

import dev.holdfast.queue.commit.GroupCommit;
import dev.holdfast.queue.engine.Engine;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that a request is answered: not while no write can be committed, receives and deletes included. */
@Readiness
@Singleton
class WriteHealth implements HealthCheck {
    private final GroupCommit groupCommit;

    WriteHealth(Engine engine) {
        this.groupCommit = engine.groupCommit();
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> trouble = groupCommit.trouble();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("writes").status(trouble.isEmpty());
        trouble.ifPresent(reason -> answer.withData("reason", reason));
        return answer.build();
    }
}
