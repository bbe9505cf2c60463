package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.pipeline.Pipeline;
import dev.holdfast.endtoend.pipeline.Proof;
import dev.holdfast.harness.ElasticMq;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every part dies by kill -9 at random moments while events and poison flow. Afterwards each acknowledged identity is applied once or is
 * a dead letter. The seed orders the kills; the moments are the machine's.
 */
class TortureIT {
    private static final int POISON = 8;

    @TempDir
    Path home;

    @Test
    void nothingIsLostOrCountedTwiceWhateverDies() {
        try (Pipeline pipeline = new Pipeline(home)) {
            pipeline.start(Service.QUEUE);
            torture(pipeline, 2_000, Kills.of(3, 1, 1));
        }
    }

    @Test
    void nothingIsLostOrCountedTwiceOnElasticMq() {
        try (ElasticMq elasticMq = new ElasticMq(home);
                Pipeline pipeline = new Pipeline(home, elasticMq.port())) {
            torture(pipeline, 2_000, Kills.of(3, 0, 1));
        }
    }

    @Test
    @Tag("long")
    void nothingIsLostOrCountedTwiceInALongTorture() {
        try (Pipeline pipeline = new Pipeline(home)) {
            pipeline.start(Service.QUEUE);
            torture(pipeline, 20_000, Kills.of(10, 3, 3));
        }
    }

    @Test
    @Tag("long")
    void nothingIsLostOrCountedTwiceInALongTortureOnElasticMq() {
        try (ElasticMq elasticMq = new ElasticMq(home);
                Pipeline pipeline = new Pipeline(home, elasticMq.port())) {
            torture(pipeline, 20_000, Kills.of(10, 0, 3));
        }
    }

    /** Who dies, in which order. */
    private record Kills(long seed, List<Service> victims) {
        static Kills of(int consumer, int queue, int producer) {
            List<Service> victims = new ArrayList<>();
            victims.addAll(Collections.nCopies(consumer, Service.CONSUMER));
            victims.addAll(Collections.nCopies(queue, Service.QUEUE));
            victims.addAll(Collections.nCopies(producer, Service.PRODUCER));
            long seed = ThreadLocalRandom.current().nextLong();
            Collections.shuffle(victims, new Random(seed));
            return new Kills(seed, victims);
        }
    }

    private static void torture(Pipeline pipeline, int events, Kills kills) {
        System.out.println("TortureIT: " + kills);
        pipeline.with(
                Service.PRODUCER,
                "producer.autostart=false",
                "producer.visibility-timeout=2s",
                "producer.rate=" + rate(events, kills),
                "producer.rhythm.amplitude=0");
        pipeline.start(Service.PRODUCER, Service.CONSUMER);
        Producer producer = new Producer(pipeline);
        Proof proof = new Proof(pipeline);
        producer.start();

        int step = events / (kills.victims().size() + 1);
        for (int index = 0; index < kills.victims().size(); index++) {
            if (index % 4 == 0) {
                producer.poison(POISON / 4);
            }
            long target = (index + 1L) * step + ThreadLocalRandom.current().nextInt(step / 2);
            await("event " + target + " is acknowledged")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> proof.acknowledged() >= target);
            pipeline.kill(kills.victims().get(index));
            pipeline.start(kills.victims().get(index));
        }
        await("event " + events + " is acknowledged")
                .atMost(Duration.ofMinutes(3))
                .until(() -> proof.acknowledged() >= events);
        producer.stop();

        Proof.Settled settled = proof.settle(Duration.ofMinutes(3));
        assertThat(settled.lost()).as("lost, %s", kills).isEmpty();
        assertThat(settled.invented()).as("never acknowledged, %s", kills).isEmpty();
        assertThat(settled.acknowledged()).hasSizeGreaterThanOrEqualTo(events);
        assertThat(settled.deadLettered()).as("poison").isNotEmpty();
        assertThat(settled.applied()).doesNotContainAnyElementsOf(settled.deadLettered());
        assertThat(proof.analytics().counted())
                .as("counted once each, %s", kills)
                .isEqualTo(settled.applied().size());
        Program.Outcome verify = pipeline.command(Service.CONSUMER, "verify");
        assertThat(verify.exitCode()).as("verify: %s", verify.output()).isZero();
        System.out.printf(
                "TortureIT: %d acknowledged, %d applied, %d dead letters, %d duplicates absorbed, 0 lost%n",
                settled.acknowledged().size(),
                settled.applied().size(),
                settled.deadLettered().size(),
                proof.analytics().duplicatesAbsorbed());
    }

    /** So that each kill, which takes some seconds, finds events still to come. */
    private static int rate(int events, Kills kills) {
        return Math.max(100, events / (kills.victims().size() * 5));
    }
}
