package dev.holdfast.benchmark.load;

import dev.holdfast.benchmark.client.Body;
import dev.holdfast.benchmark.client.Connection;
import dev.holdfast.benchmark.client.DeleteRequest;
import dev.holdfast.benchmark.client.EventLoop;
import dev.holdfast.benchmark.client.MessageId;
import dev.holdfast.benchmark.client.Queues;
import dev.holdfast.benchmark.client.ReceiveRequest;
import dev.holdfast.benchmark.client.ReceivedMessages;
import dev.holdfast.benchmark.client.Response;
import dev.holdfast.benchmark.client.SendRequest;
import java.time.Duration;
import java.util.Arrays;

/** Sends one message at a time to a receiver that waits in a long poll, and compares when the two were answered. */
public final class WakeUp {
    private static final int MAX_SAMPLES = 100_000;
    private static final int LONG_POLL_SECONDS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Long enough for the receive to be parked in the server before the send arrives. */
    private static final long PARKING_MILLIS = 4;

    private final Deliveries deliveries;
    private final Body body;
    private final EventLoop loop;
    private final Connection sender;
    private final Connection receiver;
    private final SendRequest send;
    private final ReceiveRequest receive;
    private final DeleteRequest delete;
    private final ReceivedMessages messages = new ReceivedMessages();
    private final long[] delays = new long[MAX_SAMPLES];
    private int samples;
    private long sentAnsweredNanos;
    private long receivedNanos;
    private boolean deleted;

    private WakeUp(int port, Queues queues, Body body, Deliveries deliveries) {
        this.deliveries = deliveries;
        this.body = body;
        loop = new EventLoop(port);
        sender = loop.connect(response -> sentAnsweredNanos = answered(response));
        receiver = loop.connect(this::receiverAnswered);
        send = new SendRequest(port, queues, body, 1);
        receive = new ReceiveRequest(port, queues, 1, LONG_POLL_SECONDS);
        delete = new DeleteRequest(port, queues, 1);
    }

    /** The delays in nanoseconds, sorted: the receiver's answer minus the send's, negative where the receiver was told first. */
    public static long[] measure(int port, Queues queues, Body body, Deliveries deliveries, Duration duration) {
        WakeUp wakeUp = new WakeUp(port, queues, body, deliveries);
        try {
            long end = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() < end && wakeUp.samples < MAX_SAMPLES) {
                wakeUp.once();
            }
        } finally {
            wakeUp.loop.close();
        }
        long[] delays = Arrays.copyOf(wakeUp.delays, wakeUp.samples);
        Arrays.sort(delays);
        return delays;
    }

    private void once() {
        sentAnsweredNanos = 0;
        receivedNanos = 0;
        deleted = false;
        receiver.send(receive.fill(0));
        long parked = System.nanoTime() + Duration.ofMillis(PARKING_MILLIS).toNanos();
        while (System.nanoTime() < parked) {
            loop.poll(PARKING_MILLIS);
        }
        long id = MessageId.of(0, deliveries.send(1));
        sender.send(send.fill(0, id));
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (sentAnsweredNanos == 0 || !deleted) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("A waiting receiver got nothing for " + LIMIT.toSeconds() + " s.");
            }
            loop.poll(PARKING_MILLIS);
        }
        deliveries.acknowledge(id, 1);
        delays[samples++] = receivedNanos - sentAnsweredNanos;
    }

    private void receiverAnswered(Response response) {
        long now = answered(response);
        if (receivedNanos != 0) {
            deliveries.delete(1);
            deleted = true;
            return;
        }
        receivedNanos = now;
        messages.read(response, body.wireLength());
        delete.clear();
        while (messages.next()) {
            deliveries.receive(response, messages.bodyStart(), messages.bodyEnd());
            delete.add(response.bytes(), messages.handleStart(), messages.handleEnd());
        }
        if (delete.size() != 1) {
            throw new IllegalStateException("A long poll came back without the message: " + response.excerpt());
        }
        receiver.send(delete.fill(0));
    }

    private static long answered(Response response) {
        if (response.status() != 200) {
            throw new IllegalStateException("Answered with " + response.status() + ": " + response.excerpt());
        }
        return System.nanoTime();
    }
}
