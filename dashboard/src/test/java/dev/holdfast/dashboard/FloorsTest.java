package dev.holdfast.dashboard;

import dev.holdfast.harness.Floors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FloorsTest {
    /** From the top floor down. */
    private static final String[] FLOORS = {
        "console",
        "lessons",
        "pipeline",
        "message",
        "live",
        "security",
        "demo",
        "sampling",
        "analytics",
        "sqs",
        "history",
        "page",
        ""
    };

    @Test
    void packagesUseOnlyTheFloorsBelow() {
        Floors.of("dev.holdfast.dashboard", FLOORS).check(Path.of("src/main/java"));
    }
}
