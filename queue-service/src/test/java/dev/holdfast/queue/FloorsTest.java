package dev.holdfast.queue;

import dev.holdfast.harness.Floors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FloorsTest {
    /** From the top floor down, as in DESIGN.md. */
    private static final String[] FLOORS = {
        "server",
        "http",
        "http.netty",
        "http.signature",
        "http.admission",
        "inspect",
        "faults",
        "wire",
        "action",
        "engine",
        "order",
        "message",
        "queues",
        "policy",
        "commit",
        "store.sqlite",
        "store",
        "ledger",
        "config",
        "api",
        ""
    };

    @Test
    void packagesUseOnlyTheFloorsBelow() {
        Floors.of("dev.holdfast.queue", FLOORS).check(Path.of("src/main/java"));
    }
}
