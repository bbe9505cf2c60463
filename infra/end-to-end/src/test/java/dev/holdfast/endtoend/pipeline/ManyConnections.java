package dev.holdfast.endtoend.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** As many clients of one server as one thread can be, each of which says the same and then waits. Not thread-safe. */
public final class ManyConnections implements AutoCloseable {
    private final List<Connection> connections = new ArrayList<>();

    private record Connection(SocketChannel channel, ByteArrayOutputStream answer) {
        boolean readsToTheEnd() {
            ByteBuffer bytes = ByteBuffer.allocate(8_192);
            try {
                int length = channel.read(bytes);
                while (length > 0) {
                    answer.write(bytes.array(), 0, length);
                    length = channel.read(bytes.clear());
                }
                return length < 0;
            } catch (IOException reset) {
                return true;
            }
        }

        String text() {
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    /** @param from the last number of the clients' address, 127.0.0.N */
    public ManyConnections(int count, int port, int from, String words) {
        byte[] bytes = words.getBytes(StandardCharsets.ISO_8859_1);
        try {
            for (int i = 0; i < count; i++) {
                SocketChannel channel = SocketChannel.open();
                connections.add(new Connection(channel, new ByteArrayOutputStream()));
                channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) from}), 0));
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.configureBlocking(false);
                say(channel, ByteBuffer.wrap(bytes));
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    private static void say(SocketChannel channel, ByteBuffer bytes) {
        try {
            if (channel.write(bytes) < bytes.limit()) {
                throw new IllegalStateException("more than the system takes at once");
            }
        } catch (IOException closed) {
            // It was not let in.
        }
    }

    /** How many the server has closed. */
    public long closed() {
        return connections.stream().filter(Connection::readsToTheEnd).count();
    }

    /** What has come so far, on each. */
    public List<String> answers() {
        connections.forEach(Connection::readsToTheEnd);
        return connections.stream().map(Connection::text).toList();
    }

    @Override
    public void close() {
        for (Connection connection : connections) {
            try {
                connection.channel().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
