package dev.holdfast.queue.durability;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five thousand programs wait for a message. */
class ParkedPollsIT {
    private static final int POLLS = 5_000;

    /** Of three seconds: a fifth of a core. */
    private static final long BUSY_MILLIS = 600;

    private static final Duration LATE = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofMillis(200);

    @TempDir
    Path folder;

    @BeforeEach
    void needsLinux() {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "threads and CPU of the server are read from /proc");
    }

    @Test
    void waitingCostsNoThreadAndASendWakesExactlyOne() throws IOException {
        try (ServerProcess server = new ServerProcess(folder);
                Client client = new Client(server)) {
            String url = client.createQueue("waited-on");
            try (ParkedPolls polls = new ParkedPolls(server, url, 600)) {
                polls.open(10);
                awaitWaiters(server, 10);
                int threadsBefore = threads(server);
                polls.open(POLLS - 10);
                awaitWaiters(server, POLLS);
                int threadsAfter = threads(server);
                long cpuMillis = restingCpuMillis(server, polls);

                List<Long> sends = new ArrayList<>();
                List<Long> wakeUps = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    long before = System.nanoTime();
                    send(client, url, 0);
                    sends.add(System.nanoTime() - before);
                    List<ParkedPolls.Answer> woken = polls.next(LATE);
                    assertThat(woken).as("woken by one send").hasSize(1);
                    wakeUps.add(woken.getFirst().atNanos() - before);
                }
                assertThat(polls.next(SILENCE)).as("others that were woken").isEmpty();

                polls.closeOldest(100);
                awaitWaiters(server, POLLS - 200);
                send(client, url, 0);
                assertThat(polls.next(LATE)).hasSize(1);

                System.out.printf(
                        "ParkedPollsIT: %d polls, threads %d -> %d, CPU %d ms in 3 idle s; send %d µs, receiver woken after %d µs (medians)%n",
                        POLLS, threadsBefore, threadsAfter, cpuMillis, median(sends), median(wakeUps));
                assertThat(threadsAfter).isLessThanOrEqualTo(threadsBefore + 5);
                assertThat(cpuMillis).isLessThan(BUSY_MILLIS);
            }
        }
    }

    @Test
    void delaysAndVisibilityTimeoutsWakeOnTime() throws IOException {
        try (ServerProcess server = new ServerProcess(folder);
                Client client = new Client(server)) {
            String url = client.createQueue("waited-on");
            try (ParkedPolls polls = new ParkedPolls(server, url, 1)) {
                polls.open(2);
                awaitWaiters(server, 2);
                List<Long> lateness = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    long sent = send(client, url, 1);
                    ParkedPolls.Answer delayed = polls.next(LATE).getFirst();
                    ParkedPolls.Answer returned = polls.next(LATE).getFirst();
                    lateness.add(
                            delayed.atNanos() - sent - Duration.ofSeconds(1).toNanos());
                    lateness.add(returned.atNanos()
                            - delayed.atNanos()
                            - Duration.ofSeconds(1).toNanos());
                    delete(client, url, returned);
                    polls.poll(delayed.connection());
                    polls.poll(returned.connection());
                }

                System.out.printf(
                        "ParkedPollsIT: delays and visibility timeouts were served %s µs late%n",
                        lateness.stream().map(nanos -> nanos / 1_000).toList());
                // Answers travel too, so a second may seem some milliseconds shorter or longer.
                assertThat(lateness)
                        .allSatisfy(nanos -> assertThat(Duration.ofNanos(nanos))
                                .isBetween(Duration.ofMillis(-100), Duration.ofMillis(500)));
            }
        }
    }

    /** Returns when it was answered. */
    private static long send(Client client, String url, int delaySeconds) throws IOException {
        client.call("SendMessage", Map.of("QueueUrl", url, "MessageBody", "wake up", "DelaySeconds", delaySeconds));
        return System.nanoTime();
    }

    private static void delete(Client client, String url, ParkedPolls.Answer answer) throws IOException {
        String handle = answer.text().replaceAll("(?s).*\"ReceiptHandle\":\"([^\"]+)\".*", "$1");
        client.call("DeleteMessage", Map.of("QueueUrl", url, "ReceiptHandle", handle));
    }

    private static void awaitWaiters(ServerProcess server, int count) {
        await("%d polls wait".formatted(count))
                .atMost(Duration.ofSeconds(30))
                .until(() -> server.metric("holdfast_waiters ") == count);
    }

    private static int threads(ServerProcess server) throws IOException {
        return Files.readAllLines(proc(server, "status")).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring("Threads:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }

    /** What the server uses in three seconds in which nothing happens to it, once the compiler is done with what happened before. */
    private static long restingCpuMillis(ServerProcess server, ParkedPolls polls) throws IOException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4 && least >= BUSY_MILLIS; i++) {
            least = Math.min(least, idleCpuMillis(server, polls, Duration.ofSeconds(3)));
        }
        return least;
    }

    private static long idleCpuMillis(ServerProcess server, ParkedPolls polls, Duration time) throws IOException {
        long before = cpuTicks(server);
        assertThat(polls.next(time)).as("answers while nothing was sent").isEmpty();
        return (cpuTicks(server) - before) * 10;
    }

    /** User and system time, in hundredths of a second. */
    private static long cpuTicks(ServerProcess server) throws IOException {
        String stat = Files.readString(proc(server, "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static Path proc(ServerProcess server, String file) {
        return Path.of("/proc", Long.toString(server.pid()), file);
    }

    /** In microseconds. */
    private static long median(List<Long> nanos) {
        return nanos.stream().sorted().toList().get(nanos.size() / 2) / 1_000;
    }
}
