package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.pipeline.Analytics;
import dev.holdfast.endtoend.pipeline.Pipeline;
import dev.holdfast.endtoend.pipeline.Proof;
import dev.holdfast.harness.RunningProgram;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Web;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two consumers on one database, the second as a person starts it. */
class SeveralConsumersIT {
    private static final int EVENTS = 4_000;
    private static final String FIRST = "consumer";
    private static final String SECOND = "c2";
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @TempDir
    Path home;

    @Test
    void bothWorkAndTheDeathOfOneIsSeenAndCostsNothing() {
        try (Pipeline pipeline = new Pipeline(home)) {
            pipeline.with(Service.PRODUCER, "producer.autostart=false", "producer.visibility-timeout=2s");
            pipeline.start(Service.QUEUE, Service.PRODUCER, Service.CONSUMER);
            Proof proof = new Proof(pipeline);
            Analytics analytics = proof.analytics();
            Producer producer = new Producer(pipeline);
            RunningProgram second = pipeline.startAnotherConsumer(SECOND);
            await("the second runs and is found by the port in the database")
                    .atMost(DEADLINE)
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        Analytics.Session session = session(analytics, SECOND);
                        assertThat(session.state()).isEqualTo("running");
                        assertThat(new Web(session.port())
                                        .getJson("/api/status")
                                        .get("name")
                                        .asText())
                                .isEqualTo(SECOND);
                    });

            producer.burst(EVENTS / 2);
            await("the first half is applied")
                    .atMost(DEADLINE)
                    .until(() -> analytics.applied().size() == EVENTS / 2);
            assertThat(session(analytics, FIRST).applied())
                    .as("the first's part")
                    .isPositive();
            assertThat(session(analytics, SECOND).applied())
                    .as("the second's part")
                    .isPositive()
                    .isEqualTo(EVENTS / 2 - session(analytics, FIRST).applied());

            producer.burst(EVENTS / 2);
            second.kill();
            Proof.Settled settled = proof.settle(DEADLINE);

            assertThat(settled.lost()).isEmpty();
            assertThat(settled.applied()).hasSize(EVENTS);
            assertThat(analytics.counted()).as("counted once each").isEqualTo(EVENTS);
            await("its death is seen")
                    .atMost(DEADLINE)
                    .untilAsserted(
                            () -> assertThat(session(analytics, SECOND).state()).isEqualTo("crashed"));
            Analytics.Session crashed = session(analytics, SECOND);
            assertThat(crashed.endedAt()).isEqualTo(crashed.heartbeatAt());
            assertThat(analytics.crashesOf(SECOND)).containsExactly(crashed.heartbeatAt());
            assertThat(session(analytics, FIRST).state()).isEqualTo("running");
            assertThat(analytics.crashesOf(FIRST)).isEmpty();
            assertThat(pipeline.command(Service.CONSUMER, "verify").exitCode()).isZero();

            pipeline.freeze(Service.CONSUMER);
            await("one without a heartbeat passes for crashed")
                    .atMost(DEADLINE)
                    .untilAsserted(
                            () -> assertThat(session(analytics, FIRST).state()).isEqualTo("crashed"));
            pipeline.thaw(Service.CONSUMER);
            await("and is alive again with the next")
                    .atMost(DEADLINE)
                    .untilAsserted(
                            () -> assertThat(session(analytics, FIRST).state()).isEqualTo("running"));
            assertThat(analytics.crashesOf(FIRST)).isEmpty();
        }
    }

    private static Analytics.Session session(Analytics analytics, String consumer) {
        return analytics.sessions().stream()
                .filter(session -> session.consumer().equals(consumer))
                .toList()
                .getLast();
    }
}
