package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Standard queues whose messages name a group: quiet tenants first, and nothing is held back or lost. */
class FairQueuesIT extends Conformance {

    @Test
    void quietTenantIsServedBeforeTheBacklogOfANoisyOne() {
        sendMany("noisy", 80);
        receiveMany(40);
        sendMany("quiet", 5);

        assertThat(tenants(receive()).subList(0, 5)).containsOnly("quiet");
    }

    @Test
    void withoutContentionTheOrderIsThatOfSending() {
        sendMany("a", 3);
        sendMany("b", 3);

        assertThat(tenants(receive())).containsExactly("a", "a", "a", "b", "b", "b");
    }

    @Test
    void messageWithoutAGroupIsATenantOfItsOwn() {
        sendMany("noisy", 80);
        receiveMany(40);
        send("alone");

        assertThat(receive().getFirst().body()).isEqualTo("alone");
    }

    @Test
    void groupsOfAStandardQueueDoNotBlock() {
        sendMany("a", 2);
        receiveOne();

        assertThat(receive()).hasSize(1);
    }

    @Test
    void noisyTenantIsServedWhenNobodyElseWaits() {
        sendMany("noisy", 80);
        receiveMany(40);

        assertThat(receive()).hasSize(10);
    }

    @Test
    void everyMessageIsDeliveredOnce() {
        sendMany("noisy", 80);
        receiveMany(40);
        sendMany("quiet", 20);
        sendMany("noisy", 20);

        Set<String> ids = new HashSet<>();
        List<Message> received = receive();
        while (!received.isEmpty()) {
            received.forEach(message -> assertThat(ids.add(message.messageId())).isTrue());
            received = receive();
        }

        assertThat(ids).hasSize(80);
    }

    @Test
    void severalNoisyTenantsAreServedByWhoHasFewestInFlight() {
        sendMany("large", 100);
        receiveMany(60);
        sendMany("middle", 100);
        receiveMany(40);

        assertThat(tenants(receive()).getFirst()).isEqualTo("middle");
    }

    private void receiveMany(int count) {
        for (int received = 0; received < count; received += 10) {
            assertThat(receive()).hasSize(10);
        }
    }

    private void sendMany(String tenant, int count) {
        for (int sent = 0; sent < count; sent += 10) {
            List<SendMessageBatchRequestEntry> batch = new ArrayList<>();
            IntStream.range(0, Math.min(10, count - sent))
                    .forEach(i -> batch.add(entry("i" + i, tenant).toBuilder()
                            .messageGroupId(tenant)
                            .build()));
            sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(batch));
        }
    }

    /** The body says who sent it. */
    private static List<String> tenants(List<Message> messages) {
        return messages.stream().map(Message::body).toList();
    }
}
