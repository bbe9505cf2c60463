package dev.holdfast.queue.inspect;

import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.store.sqlite.DiskSpace;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Somebody should look when sends are refused for lack of space. Wellness, not readiness: the server must go on being asked,
 * since receiving and deleting is what makes space.
 */
@Wellness
@Singleton
class DiskHealth implements HealthCheck {
    private final DiskSpace diskSpace;

    DiskHealth(Engine engine) {
        this.diskSpace = engine.database().diskSpace();
    }

    @Override
    public HealthCheckResponse call() {
        DiskSpace.View view = diskSpace.view();
        return HealthCheckResponse.named("disk space")
                .status(!diskSpace.isShort())
                .withData("state", view.state().name().toLowerCase(Locale.ROOT))
                .withData("since", Times.text(view.since().toEpochMilli()))
                .withData("freeBytes", view.freeBytes())
                .withData("reserveBytes", view.reserveBytes())
                .build();
    }
}
