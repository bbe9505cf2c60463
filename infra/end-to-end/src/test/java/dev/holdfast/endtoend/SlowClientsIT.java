package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.pipeline.ManyConnections;
import dev.holdfast.harness.PackagedService;
import dev.holdfast.harness.RunningService;
import dev.holdfast.harness.Service;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thousands of clients that say half of something keep nobody else from being served. */
class SlowClientsIT {
    private static final int CLIENTS = 2_000;
    private static final int ME = 1;
    private static final int SOMEBODY_ELSE = 2;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"PRODUCER, /api/rate", "CONSUMER, /api/slow", "DASHBOARD, /api/queues"})
    void othersAreServedAndTheSlowAreDropped(Service service, String path) {
        try (RunningService running = start(service, "-Dholdfast.limits.head-timeout=5s")) {
            String body = "{}";
            String post = post(path, body.length() + 4_000) + body;
            for (String half : new String[] {"", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: ", post}) {
                try (ManyConnections slow = new ManyConnections(CLIENTS, running.port(), ME, half)) {
                    assertThat(running.web().raw(post(path, body.length()) + body))
                            .matches("(?s)HTTP/1\\.1 4(?!08).*");
                    assertThat(slow.closed())
                            .as("closed before somebody else was served")
                            .isLessThan(CLIENTS);

                    await("the slow are dropped").until(() -> slow.closed() == CLIENTS);

                    if (half.equals(post)) {
                        assertThat(slow.answers()).allMatch(answer -> answer.startsWith("HTTP/1.1 408"));
                    }
                }
            }
            assertThat(running.printed())
                    .contains("limit=holdfast.limits.head-timeout", "limit=holdfast.limits.body-timeout");
        }
    }

    @Test
    void oneAddressLeavesRoomForOthers() {
        try (RunningService running = start(Service.PRODUCER, "-Dholdfast.limits.max-connections-per-address=100");
                ManyConnections all = new ManyConnections(120, running.port(), ME, "")) {
            await("those too many are closed").until(() -> all.closed() >= 20);

            try (ManyConnections other = new ManyConnections(1, running.port(), SOMEBODY_ELSE, get("/q/health/live"))) {
                await("somebody else is served")
                        .until(() -> other.answers().getFirst().startsWith("HTTP/1.1 200"));
            }
            assertThat(running.printed()).contains("limit=holdfast.limits.max-connections-per-address");
        }
    }

    private RunningService start(Service service, String... settings) {
        return PackagedService.of(service, folder).with(settings).start();
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static String post(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length
                + "\r\nContent-Type: application/json\r\n\r\n";
    }
}
