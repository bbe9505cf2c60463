package dev.holdfast.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.pipeline.Demo;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where the secrets of a running pipeline can be read: by this user alone, and by no service that does not need them. */
@EnabledOnOs(OS.LINUX)
class SecretsIT {
    private static final String PASSWORD = "page-4711";
    private static final String CLIENT_SECRET = "client-4712";
    private static final String SERVER_SECRET = "server-4713";
    private static final String METRICS_TOKEN = "metrics-4714";
    private static final Set<String> SECRETS = Set.of(PASSWORD, CLIENT_SECRET, SERVER_SECRET, METRICS_TOKEN);

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "DASHBOARD_USER",
            "teacher",
            "DASHBOARD_PASSWORD",
            PASSWORD,
            "AWS_ACCESS_KEY_ID",
            "AKIDPIPELINE",
            "AWS_SECRET_ACCESS_KEY",
            CLIENT_SECRET,
            "HOLDFAST_CREDENTIALS_PIPELINE_ACCESS_KEY_ID",
            "AKIDPIPELINE",
            "HOLDFAST_CREDENTIALS_PIPELINE_SECRET_ACCESS_KEY",
            SERVER_SECRET,
            "HOLDFAST_CREDENTIALS_PIPELINE_ACCOUNT",
            "000000000000",
            "HOLDFAST_METRICS_TOKEN",
            METRICS_TOKEN);

    private static final Map<Service, Set<String>> NEEDED = Map.of(
            Service.QUEUE, Set.of(SERVER_SECRET, METRICS_TOKEN),
            Service.PRODUCER, Set.of(CLIENT_SECRET),
            Service.CONSUMER, Set.of(CLIENT_SECRET),
            Service.DASHBOARD, Set.of(CLIENT_SECRET, PASSWORD));

    @TempDir
    Path folder;

    @Test
    void secretsOfADemoAreReadByNobodyElse() throws IOException {
        try (Demo demo = new Demo(folder, ENVIRONMENT)) {
            Program.Outcome start = demo.run("start");
            assertThat(start.exitCode()).as(start.output()).isZero();

            for (Service service : Service.values()) {
                Path process = Path.of("/proc", pid(demo.folder(service)));
                assertThat(Files.readString(process.resolve("cmdline"), UTF_8))
                        .as("arguments of %s", service)
                        .contains(service.folder())
                        .doesNotContain(SECRETS);
                String environment = Files.readString(process.resolve("environ"), UTF_8);
                assertThat(SECRETS.stream().filter(environment::contains))
                        .as("secrets that %s is told", service)
                        .containsExactlyInAnyOrderElementsOf(NEEDED.get(service));
            }
            List<Path> files = new ArrayList<>();
            for (Service service : Service.values()) {
                files.addAll(filesIn(demo.folder(service)));
            }
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .contains("queue.db", "log", "analytics.db");
            for (Path file : files) {
                assertThat(file).satisfies(SecretsIT::isForItsOwnerAlone);
            }
            for (Service service : Service.values()) {
                assertThat(demo.folder(service).resolve("log")).content().doesNotContain(SECRETS);
            }
        }
    }

    private static String pid(Path data) throws IOException {
        String words = Files.readString(data.resolve("pid"));
        return words.substring(0, words.indexOf(' '));
    }

    /** Folders, too. Journals come and go with each transaction. */
    private static List<Path> filesIn(Path data) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private static void isForItsOwnerAlone(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        assertThat(PosixFilePermissions.toString(permissions)).as("%s", file).endsWith("------");
    }
}
