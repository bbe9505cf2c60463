package dev.holdfast.consumer.queue;

import dev.holdfast.consumer.apply.Delivery;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;

/** The messages of one or more receives that go into one transaction together. For one thread. */
final class Gathered {
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<String> good = new ArrayList<>();
    private final List<String> all = new ArrayList<>();
    private int receives;

    /** Reads the messages of one receive; returns the receipt handles of the valid ones. */
    List<String> add(List<Message> messages) {
        receives++;
        List<String> added = new ArrayList<>();
        for (Message message : messages) {
            Delivery delivery = MessageReading.read(message);
            deliveries.add(delivery);
            all.add(message.receiptHandle());
            if (delivery instanceof Delivery.Event) {
                added.add(message.receiptHandle());
            }
        }
        good.addAll(added);
        return added;
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    /** Receipt handles of the valid messages, which are deleted once applied; the others are left to the queue. */
    List<String> good() {
        return good;
    }

    List<String> all() {
        return all;
    }

    int receives() {
        return receives;
    }
}
