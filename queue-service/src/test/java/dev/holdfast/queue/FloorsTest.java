package dev.holdfast.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.harness.Floors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    /** Netty's collections are a library like any other. */
    private static final Pattern INTERNALS = Pattern.compile(
            "^import (?:static )?(io\\.netty\\.(?!util\\.collection\\.)|io\\.vertx\\.[\\w.]*\\bimpl\\.).*",
            Pattern.MULTILINE);

    @Test
    void onlyHttpNettyReachesIntoNettyAndVertx() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                if (!source.toString().contains("/http/netty/")) {
                    assertThat(INTERNALS.matcher(Files.readString(source)).find())
                            .as(source + " reaches below the API of Vert.x")
                            .isFalse();
                }
            }
        }
    }

    @Test
    void packagesUseOnlyTheFloorsBelow() {
        Floors.of("dev.holdfast.queue", FLOORS).check(Path.of("src/main/java"));
    }
}
