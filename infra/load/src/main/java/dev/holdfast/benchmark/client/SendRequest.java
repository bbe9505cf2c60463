package dev.holdfast.benchmark.client;

import java.nio.ByteBuffer;

/** SendMessage for a batch of 1, SendMessageBatch otherwise; written once, then filled with other ids each time. */
public final class SendRequest {
    private static final String GROUP = "\",\"MessageGroupId\":\"" + Hex.ZERO;
    private static final String DEDUPLICATION = "\",\"MessageDeduplicationId\":\"" + Hex.ZERO;

    private final ByteBuffer buffer;
    private final Body body;
    private final Queues queues;
    private final int queueAt;
    private final int[] bodiesAt;

    public SendRequest(int port, Queues queues, Body body, int batch) {
        this.body = body;
        this.queues = queues;
        String action = batch == 1 ? "SendMessage" : "SendMessageBatch";
        int headLength = RequestText.headLength(port, action);
        String url = queues.url(0);
        StringBuilder json = new StringBuilder("{\"QueueUrl\":\"").append(url).append('"');
        queueAt = headLength + "{\"QueueUrl\":\"".length() + queues.urlPrefix().length();
        bodiesAt = new int[batch];
        if (batch > 1) {
            json.append(",\"Entries\":[");
        }
        for (int i = 0; i < batch; i++) {
            json.append(batch == 1 ? "," : (i == 0 ? "{" : ",{") + "\"Id\":\"" + i + "\",")
                    .append("\"MessageBody\":\"");
            bodiesAt[i] = headLength + json.length();
            json.append(new String(body.wire(), java.nio.charset.StandardCharsets.ISO_8859_1));
            if (queues.groups().exist()) {
                json.append(GROUP);
            }
            if (queues.fifo()) {
                json.append(DEDUPLICATION);
            }
            json.append('"').append(batch == 1 ? "" : "}");
        }
        json.append(batch == 1 ? "}" : "]}");
        buffer = RequestText.whole(port, action, json.toString());
    }

    /** The request for the messages {@code firstId}, {@code firstId + 1}, … to this queue; groups go round with the ids. */
    public ByteBuffer fill(int queue, long firstId) {
        Hex.writeDecimal(buffer, queueAt, Queues.DIGITS, queue);
        for (int i = 0; i < bodiesAt.length; i++) {
            long id = firstId + i;
            int at = bodiesAt[i];
            Hex.write(buffer, at + body.firstId(), id);
            Hex.write(buffer, at + body.lastId(), id);
            int group = at + body.wireLength() + GROUP.length() - Hex.DIGITS;
            if (queues.groups().exist()) {
                Hex.write(buffer, group, MessageId.group(id, queues.groups().count()));
            }
            if (queues.fifo()) {
                Hex.write(buffer, group + DEDUPLICATION.length(), id);
            }
        }
        return buffer;
    }
}
