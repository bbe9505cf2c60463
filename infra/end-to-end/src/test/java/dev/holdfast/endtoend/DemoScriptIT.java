package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.endtoend.pipeline.Demo;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.RunningProgram;
import dev.holdfast.harness.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** infra/demo in all its commands. */
class DemoScriptIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void startsKillsRestartsStopsAndResets() {
        try (Demo demo = new Demo(folder)) {
            assertThat(demo.run("status").exitCode()).as("all down").isEqualTo(3);

            Program.Outcome start = demo.run("start");
            assertThat(start.exitCode()).as(start.output()).isZero();
            assertThat(start.output()).contains("http://127.0.0.1:" + demo.port(Service.DASHBOARD));
            JsonNode first = demo.status();
            for (Service service : Service.values()) {
                JsonNode entry = first.get("services").get(service.folder());
                assertThat(entry.get("state").asText()).isEqualTo("up");
                assertThat(entry.get("port").asInt()).isEqualTo(demo.port(service));
                assertThat(entry.get("since").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
            }
            await("events flow and nothing is lost").atMost(SOON).untilAsserted(() -> {
                JsonNode pipeline = demo.status().get("pipeline");
                assertThat(pipeline.get("acknowledged").asLong()).isPositive();
                assertThat(pipeline.get("applied").asLong()).isPositive();
                assertThat(pipeline.get("balanced").asBoolean()).isTrue();
                assertThat(pipeline.get("lost").asLong()).isZero();
            });

            assertThat(demo.run("kill", "analytics-consumer").exitCode()).isZero();
            Program.Outcome partly = demo.run("status", "--json");
            assertThat(partly.exitCode()).isEqualTo(1);
            assertThat(partly.output()).contains("\"analytics-consumer\":{\"state\":\"down\"");
            assertThat(demo.run("start", "analytics-consumer").exitCode()).isZero();
            assertThat(demo.run("restart", "queue-service").exitCode()).isZero();
            JsonNode second = demo.status();
            assertThat(pid(second, Service.CONSUMER)).isNotEqualTo(pid(first, Service.CONSUMER));
            assertThat(pid(second, Service.QUEUE)).isNotEqualTo(pid(first, Service.QUEUE));
            assertThat(pid(second, Service.PRODUCER)).isEqualTo(pid(first, Service.PRODUCER));
            assertThat(demo.run("logs", "queue-service").output()).contains("queue-service");

            assertThat(demo.run("stop").output())
                    .containsSubsequence(
                            "analytics-producer stopped",
                            "analytics-consumer stopped",
                            "dashboard stopped",
                            "queue-service stopped");
            assertThat(demo.run("status").exitCode()).isEqualTo(3);
            assertThat(demo.folder(Service.QUEUE)).exists();
            assertThat(demo.run("reset").exitCode()).isZero();
            assertThat(demo.folder(Service.QUEUE)).doesNotExist();
        }
    }

    @Test
    void ctrlCStopsAllInOrder() {
        try (Demo demo = new Demo(folder)) {
            RunningProgram foreground = demo.inForeground();
            await("the status line").atMost(Duration.ofMinutes(5)).until(() -> {
                foreground.checkAlive();
                return foreground.printed().contains("acknowledged ");
            });

            foreground.interrupt();

            assertThat(foreground.awaitEnd(Demo.COMMAND_DEADLINE)).isZero();

            assertThat(foreground.printed())
                    .containsSubsequence(
                            "analytics-producer stopped",
                            "analytics-consumer stopped",
                            "dashboard stopped",
                            "queue-service stopped");
            assertThat(demo.run("status").exitCode()).isEqualTo(3);
        }
    }

    @Test
    void aTakenPortIsNamedWithItsSetting() throws IOException {
        try (Demo demo = new Demo(folder);
                ServerSocket taken = new ServerSocket(demo.port(Service.QUEUE), 1, InetAddress.getLoopbackAddress())) {
            Program.Outcome start = demo.run("start", "queue-service");

            assertThat(start.exitCode()).isEqualTo(1);
            assertThat(start.output())
                    .contains("port " + taken.getLocalPort() + " of queue-service is taken by")
                    .contains("QUEUE_PORT=");
        }
    }

    @Test
    void aServiceThatDiesWhileStartingShowsItsLastLines() throws IOException {
        try (Demo demo = new Demo(folder)) {
            Files.createDirectories(demo.folder(Service.CONSUMER));
            Files.writeString(demo.folder(Service.CONSUMER).resolve("analytics.db"), "not a database ".repeat(500));

            Program.Outcome start = demo.run("start", "analytics-consumer");

            assertThat(start.exitCode()).isEqualTo(1);
            assertThat(start.output()).contains("analytics-consumer ended while starting", "analytics.db");
        }
    }

    /** The pid file of a dead service names a pid that somebody else has now. */
    @Test
    void aRecycledPidIsNeverKilled() throws IOException {
        try (Demo demo = new Demo(folder);
                RunningProgram bystander = Program.of("sleep", "600").start(folder.resolve("sleep.log"))) {
            Files.createDirectories(demo.folder(Service.QUEUE));
            Files.writeString(
                    demo.folder(Service.QUEUE).resolve("pid"),
                    bystander.pid() + " 1@another-boot " + demo.port(Service.QUEUE) + " 2026-01-01T00:00:00Z\n");

            assertThat(demo.run("kill").output()).contains("Nothing was running");

            assertThat(bystander.isAlive()).isTrue();
        }
    }

    @Test
    void whatItDoesNotUnderstandIsRefusedWithTheWayOut() {
        try (Demo demo = new Demo(folder)) {
            assertThat(demo.run("begin")).satisfies(outcome -> refused(outcome, "infra/demo --help"));
            assertThat(demo.run("start", "queue")).satisfies(outcome -> refused(outcome, "queue-service"));
            assertThat(demo.run("status", "-j")).satisfies(outcome -> refused(outcome, "--json"));
        }
    }

    private static void refused(Program.Outcome outcome, String wayOut) {
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).contains(wayOut);
    }

    private static long pid(JsonNode status, Service service) {
        return status.get("services").get(service.folder()).get("pid").asLong();
    }
}
