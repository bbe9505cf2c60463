package dev.holdfast.producer;

import dev.holdfast.harness.Floors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FloorsTest {
    @Test
    void packagesUseOnlyThoseBelow() {
        Floors.of("dev.holdfast.producer", "control", "", "generating", "sending", "config", "outbox", "market")
                .check(Path.of("src/main/java"));
    }
}
