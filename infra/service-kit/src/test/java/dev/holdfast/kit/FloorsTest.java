package dev.holdfast.kit;

import dev.holdfast.harness.Floors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FloorsTest {
    @Test
    void packagesUseOnlyThoseBelow() {
        Floors.of("dev.holdfast.kit", "control", "netty", "http", "sqlite", "start", "schedule", "retry")
                .check(Path.of("src/main/java"));
    }
}
