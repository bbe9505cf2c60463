package dev.holdfast.consumer.queue;

import dev.holdfast.consumer.apply.Delivery;
import dev.holdfast.consumer.event.PriceEvent;
import dev.holdfast.consumer.event.PriceEventReader;
import dev.holdfast.consumer.event.RefusedEventException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Turns a received message into a delivery. Leaves are pure. */
final class MessageReading {
    /** Message attributes that carry the identity of what was sent, on poison too. */
    static final String PRODUCER_ID = "producerId";

    static final String SEQUENCE = "sequence";

    private static final int MAX_PRODUCER_ID_LENGTH = 36;

    private MessageReading() {}

    static Delivery read(Message message) {
        try {
            PriceEvent event = PriceEventReader.read(message.body());
            checkIdentity(event, message);
            return new Delivery.Event(
                    event, number(message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP)));
        } catch (RefusedEventException e) {
            return refused(message, e.reason());
        }
    }

    /** A body whose identity is not that of its message would be counted as another event, and its own would seem lost. */
    private static void checkIdentity(PriceEvent event, Message message) throws RefusedEventException {
        String producerId = attribute(message, PRODUCER_ID);
        if (producerId != null
                && !producerId.equals(event.identity().producerId().toString())) {
            throw new RefusedEventException("producerId differs between body and message attributes");
        }
        String sequence = attribute(message, SEQUENCE);
        if (sequence != null && !sequence.equals(Long.toString(event.identity().sequence()))) {
            throw new RefusedEventException("sequence differs between body and message attributes");
        }
    }

    private static Delivery refused(Message message, String reason) {
        Long receiveCount = number(message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
        String producerId = attribute(message, PRODUCER_ID);
        return new Delivery.Refused(
                message.messageId(),
                producerId == null || producerId.length() > MAX_PRODUCER_ID_LENGTH ? null : producerId,
                number(attribute(message, SEQUENCE)),
                receiveCount == null ? 1 : receiveCount,
                reason,
                start(message.body()));
    }

    private static String start(String body) {
        return body.length() <= Delivery.Refused.MAX_BODY_START_LENGTH
                ? body
                : body.substring(0, Delivery.Refused.MAX_BODY_START_LENGTH);
    }

    private static @Nullable String attribute(Message message, String name) {
        MessageAttributeValue value = message.messageAttributes().get(name);
        return value == null ? null : value.stringValue();
    }

    private static @Nullable Long number(@Nullable String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
