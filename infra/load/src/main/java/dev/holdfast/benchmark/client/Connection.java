package dev.holdfast.benchmark.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection with at most one request under way. Belongs to its {@link EventLoop}'s thread. */
public final class Connection {
    /** Called with each complete response, on the loop's thread; it may send the next request at once. */
    @FunctionalInterface
    public interface Handler {
        void answered(Response response);
    }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final EventLoop loop;
    private final Handler handler;
    private final Response response = new Response();
    private @Nullable ByteBuffer unwritten;
    private long sentNanos;

    Connection(EventLoop loop, SocketChannel channel, SelectionKey key, Handler handler) {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
        this.handler = handler;
    }

    /** Sends the buffer from 0 to its limit. The buffer must stay untouched until the response has come. */
    public void send(ByteBuffer request) {
        response.clear();
        request.position(0);
        sentNanos = System.nanoTime();
        loop.countRequest();
        try {
            write(request);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** When the request under way was sent, as {@link System#nanoTime}. */
    public long sentNanos() {
        return sentNanos;
    }

    void ready() throws IOException {
        if (unwritten != null && key.isWritable()) {
            write(unwritten);
        }
        if (key.isReadable()) {
            read();
        }
    }

    private void write(ByteBuffer request) throws IOException {
        channel.write(request);
        if (request.hasRemaining()) {
            unwritten = request;
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        } else if (unwritten != null) {
            unwritten = null;
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void read() throws IOException {
        ByteBuffer intake = loop.intake();
        intake.clear();
        int count = channel.read(intake);
        if (count < 0) {
            throw new EOFException("The server closed a connection.");
        }
        if (count == 0) {
            return;
        }
        intake.flip();
        byte[] bytes = response.room(count);
        intake.get(bytes, response.length(), count);
        if (response.added(count)) {
            handler.answered(response);
        }
    }
}
