package dev.holdfast.aws;

import dev.holdfast.harness.Floors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FloorsTest {
    @Test
    void thereIsOnePackageAndItKnowsNothingElseOfOurs() {
        Floors.of("dev.holdfast", "aws").check(Path.of("src/main/java"));
    }
}
