package dev.holdfast.queue.engine;

import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.order.Delivery;
import java.util.List;

/**
 * One message in one receive: what the consumer is told, before it is written in AWS's words.
 *
 * @param receiveCount in this queue, from 1
 */
public record Received(Message message, int receiveCount, long firstReceivedAtMillis) {

    /** What they take in memory until their answer is written, about: once as they are, and once encoded. */
    public static long weightBytes(List<Received> all) {
        long bytes = 0;
        for (Received one : all) {
            bytes += 2L * one.message.weightBytes();
        }
        return bytes;
    }

    static Received of(Message message, Delivery delivery) {
        long firstReceivedAt = delivery.firstReceivedAtMillis() == null
                ? delivery.receivedAtMillis()
                : delivery.firstReceivedAtMillis();
        return new Received(message, delivery.receiveCount(), firstReceivedAt);
    }
}
