package dev.holdfast.benchmark;

import dev.holdfast.benchmark.client.Body;
import dev.holdfast.benchmark.load.Flow;
import dev.holdfast.benchmark.scenario.Metric;
import dev.holdfast.harness.Ports;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.RunningProgram;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Redis as a durable queue (a stream with one consumer group, every write synced before its answer) under the same flow, for comparison. */
final class RedisStreams {
    private static final Duration RUN_UP = Duration.ofSeconds(1);
    private static final long WINDOW = 2_000;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final int port;
    private final int batch;
    private final String body;
    private volatile boolean running = true;

    private RedisStreams(int port, int batch, String body) {
        this.port = port;
        this.batch = batch;
        this.body = body;
    }

    /** Needs {@code redis-server} on the PATH. */
    static Map<Metric, Double> measure(Flow flow, Body body, Duration duration) {
        try {
            Path folder = Files.createTempDirectory("holdfast-benchmark-redis");
            int port = Ports.free();
            Program redis = Program.of(
                            "redis-server", "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "")
                    .and(List.of("--appendonly", "yes", "--appendfsync", "always", "--dir", folder.toString()));
            try (RunningProgram server = redis.start(folder.resolve("redis.log"))) {
                String filler = "x".repeat(body.wireLength());
                double rate = new RedisStreams(port, flow.batch(), filler).load(flow, duration);
                server.stop();
                return Map.of(Metric.RATE, rate);
            } finally {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.sorted(Comparator.reverseOrder())
                            .forEach(file -> file.toFile().delete());
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException(
                    "Redis could not be measured (--redis needs redis-server on the PATH): " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }

    private double load(Flow flow, Duration duration) throws IOException, InterruptedException {
        try (Wire wire = Wire.open(port)) {
            wire.command("XGROUP", "CREATE", "queue", "consumers", "$", "MKSTREAM");
            wire.flush();
            wire.skip();
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < flow.senders(); i++) {
            threads.add(Thread.ofPlatform().start(() -> guarded(this::sends)));
        }
        for (int i = 0; i < flow.receivers(); i++) {
            String name = "c" + i;
            threads.add(Thread.ofPlatform().start(() -> guarded(() -> receives(name))));
        }
        Thread.sleep(RUN_UP);
        long before = deleted.get();
        long startNanos = System.nanoTime();
        Thread.sleep(duration);
        double rate = (deleted.get() - before) / ((System.nanoTime() - startNanos) / 1e9);
        running = false;
        for (Thread thread : threads) {
            thread.join();
        }
        return rate;
    }

    private void sends() throws IOException {
        try (Wire wire = Wire.open(port)) {
            while (running) {
                if (sent.get() - deleted.get() > WINDOW) {
                    Thread.onSpinWait();
                    java.util.concurrent.locks.LockSupport.parkNanos(100_000);
                    continue;
                }
                for (int i = 0; i < batch; i++) {
                    wire.command("XADD", "queue", "*", "body", body);
                }
                wire.flush();
                for (int i = 0; i < batch; i++) {
                    wire.skip();
                }
                sent.addAndGet(batch);
            }
        }
    }

    private void receives(String consumer) throws IOException {
        try (Wire wire = Wire.open(port)) {
            while (running) {
                wire.command(
                        "XREADGROUP",
                        "GROUP",
                        "consumers",
                        consumer,
                        "COUNT",
                        String.valueOf(batch),
                        "BLOCK",
                        "200",
                        "STREAMS",
                        "queue",
                        ">");
                wire.flush();
                List<String> ids = wire.entryIds();
                if (ids.isEmpty()) {
                    continue;
                }
                wire.command(with(ids, "XACK", "queue", "consumers"));
                wire.command(with(ids, "XDEL", "queue"));
                wire.flush();
                wire.skip();
                wire.skip();
                deleted.addAndGet(ids.size());
            }
        }
    }

    private static String[] with(List<String> ids, String... first) {
        return Stream.concat(Stream.of(first), ids.stream()).toArray(String[]::new);
    }

    private interface Work {
        void perform() throws IOException;
    }

    private void guarded(Work work) {
        try {
            work.perform();
        } catch (IOException e) {
            running = false;
            throw new IllegalStateException("Redis: " + e.getMessage(), e);
        }
    }

    /** One connection in Redis's protocol: arrays of strings out, and of what comes back only the ids of stream entries. */
    private record Wire(Socket socket, InputStream in, ByteArrayOutputStream out) implements AutoCloseable {
        private static final Duration START_LIMIT = Duration.ofSeconds(10);

        static Wire open(int port) throws IOException {
            long end = System.nanoTime() + START_LIMIT.toNanos();
            while (true) {
                try {
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                    socket.setTcpNoDelay(true);
                    return new Wire(
                            socket,
                            new BufferedInputStream(socket.getInputStream(), 1 << 16),
                            new ByteArrayOutputStream());
                } catch (java.net.ConnectException e) {
                    if (System.nanoTime() > end) {
                        throw e;
                    }
                    java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                }
            }
        }

        void command(String... words) {
            add("*" + words.length + "\r\n");
            for (String word : words) {
                add("$" + word.length() + "\r\n" + word + "\r\n");
            }
        }

        void flush() throws IOException {
            out.writeTo(socket.getOutputStream());
            out.reset();
        }

        void skip() throws IOException {
            read(new ArrayList<>());
        }

        List<String> entryIds() throws IOException {
            List<String> texts = new ArrayList<>();
            read(texts);
            return texts.stream().filter(text -> text.matches("[0-9]+-[0-9]+")).toList();
        }

        private void read(List<String> texts) throws IOException {
            String line = line();
            switch (line.charAt(0)) {
                case '+', ':' -> {}
                case '$' -> {
                    int length = Integer.parseInt(line.substring(1));
                    if (length >= 0) {
                        texts.add(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
                        in.skipNBytes(2);
                    }
                }
                case '*' -> {
                    for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
                        read(texts);
                    }
                }
                default -> throw new IOException("Redis answered " + line);
            }
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            int b = in.read();
            while (b != '\r') {
                if (b < 0) {
                    throw new EOFException("Redis closed the connection.");
                }
                line.append((char) b);
                b = in.read();
            }
            in.skipNBytes(1);
            return line.toString();
        }

        private void add(String text) {
            out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
