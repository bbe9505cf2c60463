package dev.holdfast.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.harness.Program;
import dev.holdfast.harness.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both packages: what is in them, installed into an empty root and removed again, and their units in systemd's eyes. */
class PackagesIT {
    private static final Path QUEUE = Path.of("target/holdfast-queue.deb");
    private static final Path ANALYTICS = Path.of("target/holdfast-analytics.deb");
    private static final List<String> UNITS = List.of(
            "holdfast-queue.service",
            "holdfast-producer.service",
            "holdfast-consumer.service",
            "holdfast-dashboard.service");

    /** What the units lean on and what systemd itself brings on a host. */
    private static final List<String> TARGETS =
            List.of("sysinit.target", "basic.target", "shutdown.target", "multi-user.target", "network-online.target");

    @TempDir
    private Path root;

    @BeforeEach
    void toolsAreThere() {
        assumeInstalled("dpkg-deb");
        assumeInstalled("systemd-analyze");
    }

    @Test
    void eachPackageBringsItsServicesARuntimeUnitsAndSettings() throws Exception {
        assertThat(contentsOf(QUEUE))
                .contains(
                        "-rw-r--r-- ./usr/lib/holdfast-queue/queue-service/quarkus-run.jar",
                        "-rwxr-xr-x ./usr/lib/holdfast-queue/runtime/bin/java",
                        "-rw-r--r-- ./usr/lib/systemd/system/holdfast-queue.service",
                        "-rw-r--r-- ./usr/lib/sysusers.d/holdfast-queue.conf",
                        "-rwxr-xr-x ./usr/bin/holdfast-backup",
                        "-rw-r----- ./etc/holdfast/queue-service.env");
        assertThat(contentsOf(ANALYTICS))
                .contains(
                        "-rw-r--r-- ./usr/lib/holdfast-analytics/analytics-producer/quarkus-run.jar",
                        "-rw-r--r-- ./usr/lib/holdfast-analytics/analytics-consumer/quarkus-run.jar",
                        "-rw-r--r-- ./usr/lib/holdfast-analytics/dashboard/quarkus-run.jar",
                        "-rwxr-xr-x ./usr/lib/holdfast-analytics/runtime/bin/java",
                        "-rw-r--r-- ./usr/lib/systemd/system/holdfast-producer.service",
                        "-rw-r--r-- ./usr/lib/systemd/system/holdfast-consumer.service",
                        "-rw-r--r-- ./usr/lib/systemd/system/holdfast-dashboard.service",
                        "-rwxr-xr-x ./usr/bin/holdfast-verify",
                        "-rw-r----- ./etc/holdfast/analytics.env",
                        "-rw-r----- ./etc/holdfast/dashboard.env");
    }

    @Test
    void installedUnitsStartAtBootAndSystemdFindsNothingWrongWithThem() throws Exception {
        install();

        assertThat(root.resolve("etc/passwd")).content().contains("holdfast-queue:", "holdfast-analytics:");
        for (String unit : UNITS) {
            assertThat(Files.isSymbolicLink(root.resolve("etc/systemd/system/multi-user.target.wants/" + unit)))
                    .as("%s is enabled", unit)
                    .isTrue();
        }
        for (String target : TARGETS) {
            Files.writeString(root.resolve("usr/lib/systemd/system/" + target), "[Unit]\nDescription=" + target + "\n");
        }
        var verified = run(Stream.concat(Stream.of("systemd-analyze", "verify", "--root=" + root), UNITS.stream())
                .toArray(String[]::new));
        assertThat(verified.output()).as("an unknown key is only printed").isEmpty();
        assertThat(verified.exitCode()).isZero();
        assertThat(run(root + "/usr/lib/holdfast-queue/runtime/bin/java", "-version")
                        .exitCode())
                .as("the runtime that was installed runs")
                .isZero();
    }

    /** With AOTMode=on a cache that does not fit the installed jars and runtime ends the process; the unit would only start slower. */
    @Test
    void theInstalledQueueStartsFromWhatItsRuntimeHasLearned() throws Exception {
        install();
        String folder = root + "/usr/lib/holdfast-queue/";

        var started = run(
                folder + "runtime/bin/java",
                "-XX:AOTMode=on",
                "-XX:AOTCache=" + folder + "queue-service.aot",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-Dholdfast.data-dir=/dev/null/nowhere",
                "-jar",
                folder + "queue-service/quarkus-run.jar");

        assertThat(started.output()).contains("Cannot use /dev/null/nowhere/queue.db");
        assertThat(Files.readString(root.resolve("usr/lib/systemd/system/holdfast-queue.service")))
                .contains("-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:AOTCache=/usr/lib/holdfast-queue/");
    }

    /** dpkg keeps the modes of settings that are there; an earlier version left them readable for everyone. */
    @Test
    void nobodyButRootReadsWhatAnAdministratorWrites() throws Exception {
        install();
        Path settings = root.resolve("etc/holdfast");
        for (Path file : filesIn(settings)) {
            assertThat(permissions(file)).as("%s", file).isEqualTo("rw-r-----");
            assertThat(file).content().doesNotContainPattern("(?m)^#[A-Z_]*(PASSWORD|SECRET|TOKEN)[A-Z_]*=");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }

        dpkg("--install", QUEUE.toString(), ANALYTICS.toString());

        for (Path file : filesIn(settings)) {
            assertThat(permissions(file)).as("%s after an upgrade", file).isEqualTo("rw-r-----");
        }
    }

    @Test
    void onlyTheDashboardIsGivenItsPassword() throws Exception {
        install();
        for (String unit : UNITS) {
            boolean isDashboard = unit.equals("holdfast-dashboard.service");
            String text = Files.readString(root.resolve("usr/lib/systemd/system/" + unit));
            assertThat(text.contains("EnvironmentFile=-/etc/holdfast/dashboard-credentials.env"))
                    .as(unit)
                    .isEqualTo(isDashboard);
            assertThat(text).as(unit).contains("UMask=0077", "StateDirectoryMode=0700");
        }
        Path credentials = root.resolve("etc/holdfast/dashboard-credentials.env");
        Files.writeString(credentials, "DASHBOARD_PASSWORD=secret");

        dpkg("--purge", "holdfast-analytics");

        assertThat(credentials).doesNotExist();
    }

    @Test
    void removingTakesAllButSettingsAndPurgingTheseTooAndNeverTheData() throws Exception {
        install();
        Path data =
                Files.createDirectories(root.resolve("var/lib/holdfast-queue")).resolve("queue.db");
        Files.writeString(data, "a queue");

        dpkg("--remove", "holdfast-queue", "holdfast-analytics");
        assertThat(root.resolve("etc/holdfast/queue-service.env")).exists();
        assertThat(root.resolve("usr/lib/holdfast-queue")).doesNotExist();
        assertThat(root.resolve("usr/lib/systemd/system")).doesNotExist();
        assertThat(root.resolve("etc/systemd/system/multi-user.target.wants/holdfast-queue.service"))
                .doesNotExist();

        dpkg("--purge", "holdfast-queue", "holdfast-analytics");
        assertThat(root.resolve("etc/holdfast")).doesNotExist();
        assertThat(data).hasContent("a queue");
    }

    /** 2.0 of 10; a unit without any hardening has 9.6. */
    @ParameterizedTest
    @ValueSource(strings = {"holdfast-queue", "holdfast-producer", "holdfast-consumer", "holdfast-dashboard"})
    void aUnitIsExposedToAtMostTwoOfTen(String unit) throws Exception {
        var judged = run(
                "systemd-analyze",
                "security",
                "--no-pager",
                "--offline=true",
                "--threshold=20",
                "target/prepared/%s/usr/lib/systemd/system/%s.service"
                        .formatted(unit.equals("holdfast-queue") ? "queue" : "analytics", unit));

        assertThat(judged.exitCode()).as(judged.output()).isZero();
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static Program.Outcome run(String... command) {
        return Program.of(command).run(Duration.ofMinutes(2));
    }

    private static void assumeInstalled(String program) {
        assumeFalse(Programs.named(program).isEmpty(), program + " is not installed here");
    }

    private static List<String> contentsOf(Path deb) {
        var listed = run("dpkg-deb", "--contents", deb.toString());
        assertThat(listed.exitCode()).as(listed.output()).isZero();
        return listed.output()
                .lines()
                .map(line -> line.split("\\s+"))
                .map(columns -> columns[0] + " " + columns[columns.length - 1])
                .toList();
    }

    private void install() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "dpkg installs as root only");
        Files.createDirectories(root.resolve("etc"));
        for (String folder : List.of("info", "updates", "triggers")) {
            Files.createDirectories(root.resolve("var/lib/dpkg/" + folder));
        }
        Files.createFile(root.resolve("var/lib/dpkg/status"));
        dpkg("--install", QUEUE.toString(), ANALYTICS.toString());
    }

    private void dpkg(String action, String... packages) {
        var done = run(Stream.concat(
                        Stream.of(
                                "dpkg",
                                "--root=" + root,
                                "--force-script-chrootless",
                                "--force-depends",
                                "--force-unsafe-io",
                                action),
                        Stream.of(packages))
                .toArray(String[]::new));
        assertThat(done.exitCode()).as(done.output()).isZero();
    }
}
