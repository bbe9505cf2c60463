package dev.holdfast.queue.hostile;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection on which a test sends bytes as it likes. */
final class RawHttp implements AutoCloseable {
    private final Socket socket;

    RawHttp(ServerProcess server) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.url().getPort());
    }

    /** The head of a request for an action, but for what ends it. */
    static String head(String action) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSQS." + action
                + "\r\nContent-Type: application/x-amz-json-1.0\r\n";
    }

    static byte[] request(String action, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return (head(action) + "Content-Length: " + length + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void send(String latin1) throws IOException {
        send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    void endOfInput() throws IOException {
        socket.shutdownOutput();
    }

    /** All until the server closes; what came by then, and " (open)" where it does not. */
    String readToEnd(Duration atMost) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] some = new byte[8_192];
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (true) {
                socket.setSoTimeout((int) Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
                int length = socket.getInputStream().read(some);
                if (length < 0) {
                    break;
                }
                read.write(some, 0, length);
            }
        } catch (SocketTimeoutException e) {
            read.writeBytes(" (open)".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException reset) {
            // As good as closed.
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    /** The three digits behind "HTTP/1.1 "; the rest of the answer is read by nobody. */
    String readStatus(Duration atMost) throws IOException {
        socket.setSoTimeout((int) atMost.toMillis());
        String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
        return line.length() < 12 ? "closed" : line.substring(9);
    }

    /** Whether the server has closed, seen without waiting. */
    boolean isClosedByServer() throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
