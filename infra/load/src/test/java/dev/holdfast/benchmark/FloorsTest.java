package dev.holdfast.benchmark;

import dev.holdfast.harness.Floors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FloorsTest {
    @Test
    void packagesUseOnlyTheFloorsBelow() {
        Floors.of("dev.holdfast.benchmark", "", "pipeline", "report", "scenario", "load", "server", "client")
                .check(Path.of("src/main/java"));
    }
}
