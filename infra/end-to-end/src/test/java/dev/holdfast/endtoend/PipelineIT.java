package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.endtoend.pipeline.Identity;
import dev.holdfast.endtoend.pipeline.Pipeline;
import dev.holdfast.endtoend.pipeline.Proof;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.Service;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story that the demo tells: the consumer stops, the queue holds, the consumer catches up, nothing is lost. */
class PipelineIT {
    private static final int SOME = 500;
    private static final int EVENTS = 2_000;
    private static final int POISON = 4;
    private static final long ONE_OF_THEM = 77;
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @TempDir
    Path home;

    @Test
    void aStoppedConsumerCostsNothingButTime() {
        try (Pipeline pipeline = new Pipeline(home)) {
            pipeline.with(Service.PRODUCER, "producer.autostart=false", "producer.visibility-timeout=2s");
            pipeline.start(Service.QUEUE, Service.PRODUCER, Service.CONSUMER, Service.DASHBOARD);
            Proof proof = new Proof(pipeline);
            Producer producer = new Producer(pipeline);

            producer.burst(EVENTS / 2);
            producer.poison(POISON);
            await("the first half is applied").atMost(DEADLINE).untilAsserted(() -> {
                proof.holdsLive();
                assertThat(proof.analytics().applied()).hasSize(EVENTS / 2);
            });

            assertThat(pipeline.stop(Service.CONSUMER)).as("a stop in order").isZero();
            long before = proof.queue().size();
            producer.burst(EVENTS / 2);
            await("the queue grows by what is produced").atMost(DEADLINE).untilAsserted(() -> {
                proof.holdsLive();
                assertThat(producer.acknowledged()).isEqualTo(EVENTS + POISON);
                assertThat(proof.queue().size()).isBetween(EVENTS / 2L, before + EVENTS / 2);
            });
            assertThat(proof.analytics().applied()).as("nobody consumes").hasSize(EVENTS / 2);

            pipeline.start(Service.CONSUMER);
            Proof.Settled settled = proof.settle(DEADLINE);
            assertThat(settled.lost()).isEmpty();
            assertThat(settled.invented()).isEmpty();
            assertThat(settled.acknowledged()).hasSize(EVENTS + POISON);
            assertThat(settled.applied()).hasSize(EVENTS);
            assertThat(settled.deadLettered()).hasSize(POISON);
            assertThat(proof.analytics().counted()).as("counted once each").isEqualTo(EVENTS);

            await("the dashboard comes to the same").atMost(DEADLINE).untilAsserted(() -> {
                JsonNode seen = pipeline.web(Service.DASHBOARD).getJson("/api/proof");
                assertThat(seen.get("settled").asBoolean()).as(seen.toString()).isTrue();
                assertThat(seen.get("balanced").asBoolean()).as(seen.toString()).isTrue();
                assertThat(seen.get("lost").asLong()).isZero();
                assertThat(seen.get("acknowledged").asLong()).isEqualTo(EVENTS + POISON);
                assertThat(seen.get("applied").asLong()).isEqualTo(EVENTS);
                assertThat(seen.get("deadLettered").asLong()).isEqualTo(POISON);
            });
        }
    }

    @Test
    void verifyProvesThatNothingIsLostAndNamesWhatIs() {
        try (Pipeline pipeline = new Pipeline(home)) {
            pipeline.with(Service.PRODUCER, "producer.autostart=false", "producer.visibility-timeout=2s");
            pipeline.with(Service.CONSUMER, "consumer.faults=true");
            pipeline.start(Service.QUEUE, Service.PRODUCER, Service.CONSUMER);
            Proof proof = new Proof(pipeline);
            Producer producer = new Producer(pipeline);
            pipeline.web(Service.CONSUMER).postJson("/api/crash", "{\"when\": \"after-commit\"}");
            producer.burst(SOME);
            producer.poison(POISON);
            assertThat(pipeline.awaitEnd(Service.CONSUMER)).as("a crash").isEqualTo(137);
            pipeline.start(Service.CONSUMER);
            proof.settle(DEADLINE);

            Program.Outcome whole = pipeline.command(Service.CONSUMER, "verify");
            assertThat(whole.exitCode()).as(whole.output()).isZero();
            assertThat(whole.output())
                    .contains("no difference", "Proof (settled, as sets of sequences)", "Nothing lost.")
                    .containsPattern("acknowledged +" + (SOME + POISON) + "\\b")
                    .containsPattern("applied +" + SOME + "\\b")
                    .containsPattern("dead-lettered +" + POISON + "\\b")
                    .containsPattern("duplicates absorbed +[1-9]");

            proof.analytics().lose(new Identity(producer.id(), ONE_OF_THEM));

            Program.Outcome oneLost = pipeline.command(Service.CONSUMER, "verify");
            assertThat(oneLost.exitCode()).isEqualTo(1);
            assertThat(oneLost.output().stripTrailing()).endsWith("LOST: at least 1 of " + ONE_OF_THEM);
        }
    }
}
