package dev.holdfast.queue.durability;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.harness.Program;
import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not grow while messages come and go: heap, files, descriptors, threads. */
class SoakIT {
    private static final long MEBIBYTE = 1 << 20;

    /** Where the checkpointer's writer helps, and what may come before it does: see {@code Checkpointer}. */
    private static final long MAX_WAL_BYTES = 160 * MEBIBYTE;

    private static final int IDLE_CONNECTIONS = 10_000;

    @TempDir
    Path folder;

    @BeforeEach
    void needsLinux() {
        assumeTrue(Files.exists(Path.of("/proc/self/fd")), "descriptors of the server are read from /proc");
    }

    /**
     * What a server holds.
     *
     * @param heapBytes after a collection of everything
     */
    private record Figures(long heapBytes, long databaseBytes, long walBytes, int descriptors, int threads) {
        @Override
        public String toString() {
            return "heap %.1f MiB, database %.1f MiB, log %.1f MiB, %d descriptors, %d threads"
                    .formatted(
                            (double) heapBytes / MEBIBYTE,
                            (double) databaseBytes / MEBIBYTE,
                            (double) walBytes / MEBIBYTE,
                            descriptors,
                            threads);
        }
    }

    @Test
    void nothingGrowsInHalfAMinute() throws IOException {
        soak(Duration.ofSeconds(10), 2);
    }

    @Test
    @Tag("long")
    void nothingGrowsInAnHour() throws IOException {
        soak(Duration.ofMinutes(5), 11);
    }

    /** One period to grow to its size, and so many in which it keeps it. */
    private void soak(Duration period, int periods) throws IOException {
        try (ServerProcess server = new ServerProcess(folder);
                BusyQueues queues = new BusyQueues(server)) {
            queues.runFor(period);
            Figures first = figures(server);
            System.out.printf("SoakIT: after %s: %s; %s%n", period, first, queues);
            Figures last = first;
            for (int i = 0; i < periods; i++) {
                queues.runFor(period);
                last = figures(server);
                System.out.printf("SoakIT: after %s: %s; %s%n", period.multipliedBy(i + 2), last, queues);
                assertThat(last.walBytes).as("log").isLessThan(MAX_WAL_BYTES);
            }

            assertThat(queues.failures()).isEmpty();
            assertThat(last.heapBytes).as("heap").isLessThan(first.heapBytes + 16 * MEBIBYTE);
            assertThat(last.databaseBytes).as("database").isLessThan(first.databaseBytes * 3 / 2 + 16 * MEBIBYTE);
            assertThat(last.descriptors).as("descriptors").isLessThan(first.descriptors + 16);
            assertThat(last.threads).as("threads").isLessThan(first.threads + 8);
        }
    }

    @Test
    void idleConnectionsAreHeldAndDisturbNobody() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try (ServerProcess server = new ServerProcess(folder);
                Client client = new Client(server)) {
            int threadsBefore = figures(server).threads();
            int connections = openableConnections(server);
            for (int i = 0; i < connections; i++) {
                idle.add(new Socket(
                        InetAddress.getLoopbackAddress(), server.url().getPort()));
            }
            await("%d connections are accepted".formatted(connections))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> descriptors(server) >= connections);

            long before = System.nanoTime();
            client.createQueue("served");
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            Figures figures = figures(server);
            System.out.printf(
                    "SoakIT: %d idle connections: %s; a request took %d ms%n", connections, figures, took.toMillis());

            assertThat(took).isLessThan(Duration.ofSeconds(20));
            assertThat(figures.threads()).isLessThan(threadsBefore + 8);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    /** As many as both processes may have open, less what they need themselves. */
    private static int openableConnections(ServerProcess server) throws IOException {
        int mayOpen = Stream.of("self", Long.toString(server.pid()))
                .mapToInt(SoakIT::descriptorLimit)
                .min()
                .orElseThrow();
        return Math.min(IDLE_CONNECTIONS, mayOpen - 500);
    }

    private static int descriptorLimit(String process) {
        try {
            return Files.readAllLines(Path.of("/proc", process, "limits")).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.trim().split("\\s+", -1)[3])
                    .mapToInt(limit -> limit.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(limit))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Figures figures(ServerProcess server) throws IOException {
        collectGarbage(server);
        return new Figures(
                heapBytes(server),
                Files.size(folder.resolve("queue.db")),
                Files.size(folder.resolve("queue.db-wal")),
                descriptors(server),
                entries(Path.of("/proc", Long.toString(server.pid()), "task")));
    }

    private static void collectGarbage(ServerProcess server) {
        Program jcmd = Program.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server.pid()),
                "GC.run");
        assertThat(jcmd.run(Duration.ofMinutes(1)).exitCode()).as("jcmd").isZero();
    }

    private static long heapBytes(ServerProcess server) throws IOException {
        return (long) server.metric("jvm_memory_used_bytes{area=\"heap\"");
    }

    private static int descriptors(ServerProcess server) throws IOException {
        return entries(Path.of("/proc", Long.toString(server.pid()), "fd"));
    }

    private static int entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return (int) entries.count();
        }
    }
}
