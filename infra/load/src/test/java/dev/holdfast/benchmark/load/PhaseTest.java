package dev.holdfast.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.benchmark.client.Body;
import dev.holdfast.benchmark.client.Groups;
import dev.holdfast.benchmark.client.Queues;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PhaseTest {
    private static final long MESSAGES = 200;

    @Test
    void aFaultlessServerPassesInBatchesSinglyAndOnOneConnection() throws IOException {
        for (Flow flow : List.of(Flow.life(4, 10), Flow.life(4, 1), Flow.life(1, 10))) {
            try (TinySqs server = TinySqs.faultless()) {
                Deliveries deliveries = load(server, flow);

                assertThat(deliveries.failures()).isEmpty();
                assertThat(deliveries.deleted())
                        .isEqualTo(deliveries.acknowledged())
                        .isGreaterThanOrEqualTo(MESSAGES);
            }
        }
    }

    @Test
    void aSecondDeliveryIsFound() throws IOException {
        try (TinySqs server = new TinySqs(UnaryOperator.identity(), true, 0)) {
            assertThat(load(server, Flow.life(4, 10)).failures()).anyMatch(line -> line.contains("delivered twice"));
        }
    }

    @Test
    void aChangedBodyIsFound() throws IOException {
        try (TinySqs server = new TinySqs(body -> body.replace("queue held", "queue hold"), false, 0)) {
            assertThat(load(server, Flow.life(4, 1)).failures()).anyMatch(line -> line.contains("came back changed"));
        }
    }

    @Test
    void aLostMessageIsFound() throws IOException {
        try (TinySqs server = new TinySqs(UnaryOperator.identity(), false, 50)) {
            assertThat(load(server, Flow.life(4, 10)).failures()).anyMatch(line -> line.contains("never received"));
        }
    }

    private static Deliveries load(TinySqs server, Flow flow) {
        Queues queues = Queues.of("http://127.0.0.1/000000000000/test-0000", 1, Groups.NONE);
        Body body = Body.text(100);
        Deliveries deliveries = new Deliveries(body, Groups.NONE);
        try (Phase phase = Phase.start(server.port(), queues, body, deliveries, flow)) {
            phase.runUntil(() -> deliveries.deleted() >= MESSAGES);
            phase.stopSending();
            phase.drain(Duration.ofMillis(500));
            phase.finish();
        }
        deliveries.checkAllReceived();
        return deliveries;
    }
}
