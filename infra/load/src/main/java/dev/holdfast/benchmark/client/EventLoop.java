package dev.holdfast.benchmark.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Drives every connection of a run from the calling thread. One thread, because threads would take turns with the server on the same
 * cores, and every switch between them would be counted as the server's slowness.
 */
public final class EventLoop implements AutoCloseable {
    private static final int INTAKE_BYTES = 1024 * 1024;

    private final InetSocketAddress server;
    private final Selector selector;
    private final ByteBuffer intake = ByteBuffer.allocateDirect(INTAKE_BYTES);
    private final List<SocketChannel> channels = new ArrayList<>();
    private long requests;

    public EventLoop(int port) {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Connection connect(Connection.Handler handler) {
        try {
            SocketChannel channel = SocketChannel.open(server);
            channels.add(channel);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Connection connection = new Connection(this, channel, key, handler);
            key.attach(connection);
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for responses, at most so long (0: not at all), and hands each to its connection's handler. */
    public void poll(long timeoutMillis) {
        try {
            if (timeoutMillis == 0) {
                selector.selectNow(this::ready);
            } else {
                selector.select(this::ready, timeoutMillis);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requests sent so far on all connections. */
    public long requests() {
        return requests;
    }

    ByteBuffer intake() {
        return intake;
    }

    void countRequest() {
        requests++;
    }

    private void ready(SelectionKey key) {
        try {
            ((Connection) key.attachment()).ready();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (SocketChannel channel : channels) {
                channel.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
