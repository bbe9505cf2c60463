package dev.holdfast.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.harness.PackagedService;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Web;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One setting turns every line that a service prints into a JSON object; without it they are lines for people. */
class JsonLogsIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyLineIsAnObjectWhereTheSettingSaysSo(Service service) {
        List<String> lines =
                linesOf(PackagedService.of(service, folder).with(Map.of("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true")));

        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            JsonNode entry = Web.parse(line);
            assertThat(entry.path("timestamp").asText()).startsWith("20");
            assertThat(entry.path("level").asText()).isNotEmpty();
            assertThat(entry.path("loggerName").asText()).isNotEmpty();
            assertThat(entry.path("message").asText()).isNotEmpty();
        });
    }

    @Test
    void linesAreForPeopleOtherwise() {
        assertThat(linesOf(PackagedService.of(Service.QUEUE, folder)))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).doesNotStartWith("{"));
    }

    /** From its start to its orderly end. */
    private static List<String> linesOf(PackagedService service) {
        try (var running = service.start()) {
            running.stop();
            return running.printed().lines().toList();
        }
    }
}
