package dev.holdfast.benchmark.client;

import java.nio.ByteBuffer;

/** ReceiveMessage, written once; only the queue changes. */
public final class ReceiveRequest {
    private final ByteBuffer buffer;
    private final int queueAt;

    public ReceiveRequest(int port, Queues queues, int maxNumberOfMessages, int waitTimeSeconds) {
        String action = "ReceiveMessage";
        queueAt = RequestText.headLength(port, action)
                + "{\"QueueUrl\":\"".length()
                + queues.urlPrefix().length();
        buffer = RequestText.whole(
                port,
                action,
                "{\"QueueUrl\":\"" + queues.url(0) + "\",\"MaxNumberOfMessages\":" + maxNumberOfMessages
                        + ",\"WaitTimeSeconds\":" + waitTimeSeconds + "}");
    }

    public ByteBuffer fill(int queue) {
        Hex.writeDecimal(buffer, queueAt, Queues.DIGITS, queue);
        return buffer;
    }
}
