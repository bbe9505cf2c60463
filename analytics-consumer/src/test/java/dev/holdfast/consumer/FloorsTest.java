package dev.holdfast.consumer;

import dev.holdfast.harness.Floors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FloorsTest {
    @Test
    void packagesUseOnlyThoseBelow() {
        Floors.of(
                        "dev.holdfast.consumer",
                        "control",
                        "",
                        "verify",
                        "config",
                        "retention",
                        "queue",
                        "apply",
                        "aggregate",
                        "processed",
                        "session",
                        "event",
                        "database")
                .check(Path.of("src/main/java"));
    }
}
