import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Passes TCP connections on, each piece of data later than it came, for kernels that cannot delay packets themselves:
 * {@code java DelayRelay.java LISTEN-ADDRESS PORT[,PORT…] TO-ADDRESS DELAY-MILLIS}. The delay is that of one direction.
 */
final class DelayRelay {
    private static final int BACKLOG = 256;
    private static final int PIECE_BYTES = 64 * 1024;

    /** On their way in one direction of one connection; a full link makes the sender wait. */
    private static final int PIECES_UNDER_WAY = 1024;

    private record Piece(byte[] data, long dueNanos) {}

    private DelayRelay() {}

    public static void main(String[] arguments) throws IOException {
        InetAddress listen = InetAddress.getByName(arguments[0]);
        InetAddress target = InetAddress.getByName(arguments[2]);
        long delayNanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[3]));
        for (String port : arguments[1].split(",")) {
            ServerSocket server = new ServerSocket(Integer.parseInt(port), BACKLOG, listen);
            Thread.ofPlatform().start(() -> serve(server, target, delayNanos));
        }
        System.out.println("ready");
    }

    private static void serve(ServerSocket server, InetAddress target, long delayNanos) {
        try (server) {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> connect(client, target, server.getLocalPort(), delayNanos));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void connect(Socket client, InetAddress target, int port, long delayNanos) {
        try {
            Socket server = new Socket(target, port);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            pass(client, server, delayNanos);
            pass(server, client, delayNanos);
        } catch (IOException unreachable) {
            close(client);
        }
    }

    private static void pass(Socket from, Socket to, long delayNanos) {
        BlockingQueue<Piece> underWay = new ArrayBlockingQueue<>(PIECES_UNDER_WAY);
        Thread.ofVirtual().start(() -> read(from, underWay, delayNanos));
        Thread.ofVirtual().start(() -> write(to, from, underWay));
    }

    /** An empty piece is the end. */
    private static void read(Socket from, BlockingQueue<Piece> underWay, long delayNanos) {
        byte[] buffer = new byte[PIECE_BYTES];
        try {
            int length;
            try {
                InputStream in = from.getInputStream();
                while ((length = in.read(buffer)) > 0) {
                    underWay.put(new Piece(Arrays.copyOf(buffer, length), System.nanoTime() + delayNanos));
                }
            } catch (IOException broken) {
                // Told to the other side as an end.
            }
            underWay.put(new Piece(new byte[0], System.nanoTime() + delayNanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Socket to, Socket from, BlockingQueue<Piece> underWay) {
        try {
            OutputStream out = to.getOutputStream();
            for (Piece piece = underWay.take(); piece.data.length > 0; piece = underWay.take()) {
                TimeUnit.NANOSECONDS.sleep(piece.dueNanos - System.nanoTime());
                out.write(piece.data);
            }
        } catch (IOException broken) {
            close(from);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed either way.
        }
    }
}
