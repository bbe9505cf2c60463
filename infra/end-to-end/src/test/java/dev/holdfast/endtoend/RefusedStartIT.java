package dev.holdfast.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.harness.PackagedService;
import dev.holdfast.harness.RunningService;
import dev.holdfast.harness.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A service that cannot start says why in one line, ends with 1, and never says that it is ready. */
class RefusedStartIT {
    @TempDir
    Path data = Path.of("");

    @ParameterizedTest
    @EnumSource
    void thePortIsTaken(Service service) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());

            assertRefused(
                    service,
                    PackagedService.of(service, data).with(Map.of(service.portSetting(), port)),
                    "port " + port + " is taken",
                    service.portSetting());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUE, without credentials, holdfast.auth=none",
        "PRODUCER, no login, holdfast.http.open-to-others=true",
        "CONSUMER, no login, holdfast.http.open-to-others=true",
        "DASHBOARD, without dashboard.user and dashboard.password, 0.0.0.0"
    })
    void othersCouldReachItWithoutCredentials(Service service, String why, String remedy) {
        assertRefused(service, PackagedService.of(service, data).with("-Dquarkus.http.host=0.0.0.0"), why, remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUE, holdfast.credentials.a.access-key-id, holdfast.credentials.a.secret-access-key",
        "PRODUCER, aws.accessKeyId, aws.secretAccessKey",
        "CONSUMER, aws.secretAccessKey, aws.accessKeyId",
        "DASHBOARD, aws.accessKeyId, aws.secretAccessKey",
        "DASHBOARD, dashboard.user, dashboard.password",
        "DASHBOARD, dashboard.password, dashboard.user"
    })
    void halfOfACredentialIsMissing(Service service, String given, String missing) {
        assertRefused(service, PackagedService.of(service, data).with("-D" + given + "=x"), missing);
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUE, quarkus.http.port",
        "QUEUE, holdfast.limits.max-connections",
        "PRODUCER, producer.rate",
        "CONSUMER, consumer.receivers",
        "CONSUMER, quarkus.http.port",
        "DASHBOARD, dashboard.session-lifetime",
        "DASHBOARD, quarkus.http.port"
    })
    void aSettingIsNoNumber(Service service, String setting) {
        assertRefused(service, PackagedService.of(service, data).with("-D" + setting + "=banana"), setting, "banana");
    }

    @ParameterizedTest
    @CsvSource({"QUEUE, queue.db", "PRODUCER, producer.db", "CONSUMER, analytics.db", "DASHBOARD, history.db"})
    void itsFileIsSomebodyElses(Service service, String name) throws IOException {
        Path file = Files.writeString(data.resolve(name), "Dear diary, ".repeat(1_000));
        byte[] before = Files.readAllBytes(file);

        assertRefused(service, PackagedService.of(service, data), file.toString());

        assertThat(file).hasBinaryContent(before);
    }

    @ParameterizedTest
    @EnumSource
    void itsFolderCannotBeWritten(Service service) {
        String folder = "/dev/null/nowhere";

        assertRefused(
                service,
                PackagedService.of(service, data).with(Map.of("HOLDFAST_DATA_DIR", folder)),
                folder,
                "HOLDFAST_DATA_DIR");
    }

    private static void assertRefused(Service service, PackagedService packaged, String... words) {
        try (RunningService running = packaged.launch()) {
            assertThat(running.awaitEnd()).as(running.printed()).isEqualTo(1);

            assertThat(running.printed().lines().filter(line -> !line.contains(" INFO ")))
                    .singleElement()
                    .asString()
                    .startsWith(service.folder() + " cannot start: ")
                    .contains(words);
            assertThat(running.printed()).doesNotContain("event=ready");
        }
    }
}
