package dev.holdfast.producer.generating;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.producer.market.Market;
import dev.holdfast.producer.market.PriceMove;
import dev.holdfast.producer.outbox.OutboxMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes the bodies of the messages: price events from the market, and poison. Not thread-safe. */
public final class Events {
    private final Market market;
    private final UUID producerId;
    private final String currency;
    private final ObjectMapper json;

    public Events(Market market, UUID producerId, String currency, ObjectMapper json) {
        this.market = market;
        this.producerId = producerId;
        this.currency = currency;
        this.json = json;
    }

    List<OutboxMessage> next(int count, long firstSequence, Instant at) {
        var messages = new ArrayList<OutboxMessage>(count);
        for (long sequence = firstSequence; sequence < firstSequence + count; sequence++) {
            messages.add(message(sequence, write(event(sequence, at)), false));
        }
        return messages;
    }

    /** @param poisonBefore how many there were, so that the kinds take turns across calls and restarts */
    List<OutboxMessage> poison(int count, long firstSequence, long poisonBefore, Instant at) {
        var messages = new ArrayList<OutboxMessage>(count);
        for (int index = 0; index < count; index++) {
            long sequence = firstSequence + index;
            ObjectNode event = json.valueToTree(event(sequence, at));
            messages.add(message(sequence, Poison.number(poisonBefore + index).spoil(event), true));
        }
        return messages;
    }

    /** The market as it is now. */
    byte[] save() {
        return market.save();
    }

    private PriceEvent event(long sequence, Instant at) {
        PriceMove move = market.next();
        return PriceEvent.of(move, producerId, sequence, currency, at);
    }

    private String write(PriceEvent event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + event, e);
        }
    }

    private static OutboxMessage message(long sequence, String body, boolean poison) {
        return new OutboxMessage(sequence, body, poison, false);
    }
}
