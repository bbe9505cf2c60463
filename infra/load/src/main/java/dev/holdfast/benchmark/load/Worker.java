package dev.holdfast.benchmark.load;

import dev.holdfast.benchmark.client.BatchAnswer;
import dev.holdfast.benchmark.client.Connection;
import dev.holdfast.benchmark.client.DeleteRequest;
import dev.holdfast.benchmark.client.MessageId;
import dev.holdfast.benchmark.client.ReceiveRequest;
import dev.holdfast.benchmark.client.ReceivedMessages;
import dev.holdfast.benchmark.client.Response;
import dev.holdfast.benchmark.client.SendRequest;

/** One connection's part: sends, or receives and deletes, or all three in turn; each answer leads to the next request. */
final class Worker {
    private static final int OK = 200;

    private enum Step {
        IDLE,
        SENDING,
        RECEIVING,
        DELETING
    }

    private final Phase phase;
    private final int number;
    private final boolean sends;
    private final boolean receives;
    private final int batch;
    private final Connection connection;
    private final SendRequest send;
    private final ReceiveRequest receive;
    private final DeleteRequest delete;
    private final ReceivedMessages messages = new ReceivedMessages();

    private Step step = Step.IDLE;
    private int queue;
    private long firstId;

    Worker(Phase phase, int number, boolean sends, boolean receives) {
        this.phase = phase;
        this.number = number;
        this.sends = sends;
        this.receives = receives;
        this.batch = phase.flow().batch();
        this.connection = phase.loop().connect(this::answered);
        this.send = new SendRequest(phase.port(), phase.queues(), phase.body(), batch);
        this.receive = new ReceiveRequest(phase.port(), phase.queues(), batch, phase.receiveWaitSeconds());
        this.delete = new DeleteRequest(phase.port(), phase.queues(), batch);
    }

    /** Starts, or goes on after it was parked. */
    void go() {
        if (sends && phase.maySend(this)) {
            send();
        } else if (receives) {
            receive();
        }
    }

    boolean idle() {
        return step == Step.IDLE;
    }

    boolean sending() {
        return step == Step.SENDING;
    }

    boolean onlySends() {
        return !receives;
    }

    private void answered(Response response) {
        if (response.status() != OK) {
            throw new IllegalStateException(
                    step + " was answered with " + response.status() + ": " + response.excerpt());
        }
        Step done = step;
        step = Step.IDLE;
        switch (done) {
            case SENDING -> sent(response);
            case RECEIVING -> received(response);
            case DELETING -> deleted(response);
            case IDLE -> throw new IllegalStateException("An answer came that was not asked for.");
        }
    }

    private void send() {
        queue = phase.queueToSend();
        firstId = MessageId.of(number, phase.deliveries().send(batch));
        step = Step.SENDING;
        connection.send(send.fill(queue, firstId));
    }

    private void sent(Response response) {
        phase.recordSend(System.nanoTime() - connection.sentNanos());
        checkEntries(response, batch, "send");
        phase.deliveries().acknowledge(firstId, batch);
        phase.acknowledged(queue, batch);
        if (receives) {
            receive();
        } else {
            go();
        }
    }

    private void receive() {
        queue = phase.queueToReceive(this);
        if (queue < 0) {
            return;
        }
        step = Step.RECEIVING;
        connection.send(receive.fill(queue));
    }

    private void received(Response response) {
        messages.read(response, phase.body().wireLength());
        delete.clear();
        while (messages.next()) {
            phase.deliveries().receive(response, messages.bodyStart(), messages.bodyEnd());
            delete.add(response.bytes(), messages.handleStart(), messages.handleEnd());
        }
        phase.received(queue, delete.size());
        if (delete.size() == 0) {
            go();
        } else {
            step = Step.DELETING;
            connection.send(delete.fill(queue));
        }
    }

    private void deleted(Response response) {
        checkEntries(response, delete.size(), "delete");
        phase.deleted(delete.size());
        go();
    }

    private void checkEntries(Response response, int expected, String what) {
        if (batch > 1) {
            int succeeded = BatchAnswer.succeeded(response);
            if (succeeded != expected) {
                throw new IllegalStateException(
                        "A " + what + " of " + expected + " was not done whole: " + response.excerpt());
            }
        }
    }
}
