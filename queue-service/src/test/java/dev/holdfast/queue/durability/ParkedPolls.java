package dev.holdfast.queue.durability;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Thousands of connections that each wait for a message, on one thread: that of its caller. A connection that got its answer
 * waits no more until it is told to.
 */
final class ParkedPolls implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Selector selector = Selector.open();
    private final ArrayDeque<SocketChannel> oldestFirst = new ArrayDeque<>();
    private final InetSocketAddress address;
    private final byte[] request;

    /** One poll was answered with a message. */
    record Answer(SocketChannel connection, String text, long atNanos) {}

    ParkedPolls(ServerProcess server, String queueUrl, int visibilityTimeoutSeconds) throws IOException {
        this.address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.url().getPort());
        byte[] body = JSON.writeValueAsBytes(Map.of(
                "QueueUrl", queueUrl,
                "WaitTimeSeconds", WAIT_SECONDS,
                "VisibilityTimeout", visibilityTimeoutSeconds));
        byte[] head = """
                POST / HTTP/1.1\r
                Host: localhost:%d\r
                X-Amz-Target: AmazonSQS.ReceiveMessage\r
                Content-Type: application/x-amz-json-1.0\r
                Content-Length: %d\r
                \r
                """.formatted(address.getPort(), body.length).getBytes(StandardCharsets.US_ASCII);
        this.request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
    }

    /** So many connections more. */
    void open(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel connection = SocketChannel.open(address);
            connection.configureBlocking(false);
            connection.register(selector, SelectionKey.OP_READ);
            poll(connection);
        }
    }

    /** Sends the request; a kilobyte always fits into an idle socket's buffer. */
    void poll(SocketChannel connection) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
        oldestFirst.addLast(connection);
    }

    /** Closes the connections that have waited longest. */
    void closeOldest(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            oldestFirst.remove().close();
        }
        selector.selectNow();
    }

    /**
     * The messages that come until the first instant at which some have come, or the time is over. A poll whose time is over
     * is sent again.
     */
    List<Answer> next(Duration atMost) throws IOException {
        List<Answer> answers = new ArrayList<>();
        long deadline = System.nanoTime() + atMost.toNanos();
        while (answers.isEmpty() && System.nanoTime() < deadline) {
            selector.select(
                    key -> answered((SocketChannel) key.channel(), answers),
                    Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
        return answers;
    }

    /** What each of them is answered that waits; empty for one whose connection is closed instead, or not answered in time. */
    List<String> lastAnswers(Duration atMost) throws IOException {
        List<String> answers = new ArrayList<>();
        int waiting = oldestFirst.size();
        long deadline = System.nanoTime() + atMost.toNanos();
        while (answers.size() < waiting && System.nanoTime() < deadline) {
            selector.select(
                    key -> answers.add(lastAnswer(key)), Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
        return answers;
    }

    private static String lastAnswer(SelectionKey key) {
        key.cancel();
        try {
            return read((SocketChannel) key.channel());
        } catch (IOException closed) {
            return "";
        }
    }

    private void answered(SocketChannel connection, List<Answer> answers) {
        long at = System.nanoTime();
        oldestFirst.remove(connection);
        try {
            String text = read(connection);
            if (text.contains("\"MessageId\"")) {
                answers.add(new Answer(connection, text, at));
            } else {
                poll(connection);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One answer has less than a buffer here, and the server writes it at once. */
    private static String read(SocketChannel connection) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(16_384);
        if (connection.read(bytes) < 0) {
            throw new IOException("the server has closed a connection that waits");
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        for (SocketChannel connection : oldestFirst) {
            connection.close();
        }
        selector.close();
    }
}
