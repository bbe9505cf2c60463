package dev.holdfast.dashboard;

import dev.holdfast.harness.Floors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FloorsTest {
    /** From the top floor down. */
    private static final String[] FLOORS = {
        "console",
        "lessons",
        "live",
        "pipeline",
        "security",
        "demo",
        "page",
        "sampling",
        "analytics",
        "sqs",
        "history",
        ""
    };

    @Test
    void packagesUseOnlyTheFloorsBelow() {
        Floors.of("dev.holdfast.dashboard", FLOORS).check(Path.of("src/main/java"));
    }
}
