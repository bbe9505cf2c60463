package dev.holdfast.producer.generating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.holdfast.producer.Contract;
import dev.holdfast.producer.market.Catalogue;
import dev.holdfast.producer.market.Market;
import dev.holdfast.producer.outbox.OutboxMessage;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventContractTest {
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();
    private static final Instant NOW = Instant.parse("2026-11-24T15:00:00.12Z");
    private static final UUID PRODUCER = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final Contract contract = new Contract("price-event.schema.json");
    private final Events events =
            new Events(new Market(Catalogue.of(1, Currency.getInstance("EUR")), 1), PRODUCER, "EUR", JSON);

    @Test
    void everyEventKeepsTheContract() throws Exception {
        List<OutboxMessage> messages = events.next(2_000, 11, NOW);

        assertThat(messages)
                .hasSize(2_000)
                .allSatisfy(message ->
                        assertThat(contract.violations(message.body())).isEmpty());
        var first = JSON.readTree(messages.getFirst().body());
        assertThat(first.get("sequence").asLong()).isEqualTo(11);
        assertThat(first.get("producerId").asText()).isEqualTo(PRODUCER.toString());
        assertThat(first.get("currency").asText()).isEqualTo("EUR");
        assertThat(first.get("occurredAt").asText()).isEqualTo("2026-11-24T15:00:00.120Z");
    }

    @Test
    void poisonIsWrongInFourWays() throws Exception {
        List<OutboxMessage> poison = events.poison(4, 1, 0, NOW);

        assertThat(poison)
                .allMatch(OutboxMessage::poison)
                .extracting(OutboxMessage::sequence)
                .containsExactly(1L, 2L, 3L, 4L);
        assertThatThrownBy(() -> JSON.readTree(poison.get(0).body())).isNotNull();
        assertThat(contract.violations(poison.get(1).body()))
                .singleElement()
                .asString()
                .contains("sku");
        assertThat(contract.violations(poison.get(2).body()))
                .singleElement()
                .asString()
                .contains("priceMinor");
        String currency = JSON.readTree(poison.get(3).body()).get("currency").asText();
        assertThatThrownBy(() -> Currency.getInstance(currency)).isInstanceOf(IllegalArgumentException.class);
    }
}
