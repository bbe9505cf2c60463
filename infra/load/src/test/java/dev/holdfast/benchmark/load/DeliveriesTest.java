package dev.holdfast.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.benchmark.client.Body;
import dev.holdfast.benchmark.client.Groups;
import dev.holdfast.benchmark.client.MessageId;
import dev.holdfast.benchmark.client.Response;
import dev.holdfast.benchmark.client.TestResponses;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private static final Body BODY = Body.text(32);

    @Test
    void withinAGroupEarlierAfterLaterIsAFault() {
        Deliveries deliveries = new Deliveries(BODY, Groups.fifo(2));
        deliveries.send(4);

        receive(deliveries, MessageId.of(0, 2));
        receive(deliveries, MessageId.of(0, 1));
        assertThat(deliveries.failures()).isEmpty();
        receive(deliveries, MessageId.of(0, 0));

        assertThat(deliveries.failures()).containsExactly("message 0 came after 2 of the same group and producer");
    }

    @Test
    void aMessageThatNobodySentIsAFault() {
        Deliveries deliveries = new Deliveries(BODY, Groups.NONE);

        receive(deliveries, MessageId.of(0, 9));

        assertThat(deliveries.failures()).singleElement().asString().startsWith("a message came that nobody sent");
    }

    @Test
    void manyFailuresAreCountedNotKept() {
        Deliveries deliveries = new Deliveries(BODY, Groups.NONE);

        for (int i = 0; i < 1_000; i++) {
            deliveries.fail("x");
        }

        assertThat(deliveries.failures()).hasSize(6).endsWith("and 995 more");
    }

    private static void receive(Deliveries deliveries, long id) {
        String text = "%016x%016x".formatted(id, id);
        Response response = TestResponses.ok(text);
        deliveries.receive(response, response.bodyStart(), response.bodyEnd());
    }
}
