package dev.holdfast.endtoend;

import dev.holdfast.harness.PackagedService;
import dev.holdfast.harness.RunningService;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Smuggling;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No service takes what a proxy before it could have understood differently. */
class ExactHttpIT {
    @ParameterizedTest
    @EnumSource(Service.class)
    void ambiguousRequestsAreRefused(Service service, @TempDir Path folder) {
        try (RunningService running = PackagedService.of(service, folder).start()) {
            Smuggling.isRefusedBy(running.port());
        }
    }
}
