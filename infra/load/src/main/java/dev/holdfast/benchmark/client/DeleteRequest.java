package dev.holdfast.benchmark.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** DeleteMessage for a batch of 1, DeleteMessageBatch otherwise; receipt handles are copied from the answer as they stand there. */
public final class DeleteRequest {
    private static final int CAPACITY_BYTES = 64 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY_BYTES);
    private final boolean single;
    private final int headLength;
    private final int queueAt;
    private final int handlesAt;
    private final byte[] before;
    private final byte[] after;
    private int handles;

    public DeleteRequest(int port, Queues queues, int batch) {
        single = batch == 1;
        String action = single ? "DeleteMessage" : "DeleteMessageBatch";
        headLength = RequestText.headLength(port, action);
        String start = "{\"QueueUrl\":\"" + queues.url(0) + (single ? "\"" : "\",\"Entries\":[");
        queueAt = headLength + "{\"QueueUrl\":\"".length() + queues.urlPrefix().length();
        buffer.put(ascii(RequestText.head(port, action) + RequestText.paddedLength(0) + "\r\n\r\n" + start));
        handlesAt = buffer.position();
        before = ascii(single ? ",\"ReceiptHandle\":\"" : "{\"Id\":\"0\",\"ReceiptHandle\":\"");
        after = ascii(single ? "\"" : "\"}");
    }

    public void clear() {
        buffer.clear().position(handlesAt);
        handles = 0;
    }

    /** Adds a handle that stands at this place of an answer. */
    public void add(byte[] bytes, int from, int to) {
        if (handles > 0) {
            buffer.put((byte) ',');
        }
        int entry = buffer.position();
        buffer.put(before);
        if (!single) {
            buffer.put(entry + "{\"Id\":\"".length(), (byte) ('0' + handles));
        }
        buffer.put(bytes, from, to - from).put(after);
        handles++;
    }

    /** How many handles were added since the last {@link #clear}. */
    public int size() {
        return handles;
    }

    public ByteBuffer fill(int queue) {
        Hex.writeDecimal(buffer, queueAt, Queues.DIGITS, queue);
        if (!single) {
            buffer.put((byte) ']');
        }
        buffer.put((byte) '}');
        RequestText.putLength(buffer, headLength, buffer.position() - headLength);
        return buffer.flip();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
