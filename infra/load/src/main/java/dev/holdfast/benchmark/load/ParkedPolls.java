package dev.holdfast.benchmark.load;

import dev.holdfast.benchmark.client.Connection;
import dev.holdfast.benchmark.client.EventLoop;
import dev.holdfast.benchmark.client.Queues;
import dev.holdfast.benchmark.client.ReceiveRequest;
import java.time.Duration;
import java.util.function.Supplier;

/** Thousands of receivers that wait for messages which do not come: what a server spends on doing nothing. */
public final class ParkedPolls {
    /** SQS allows no longer wait; all must still be parked when the measurement ends. */
    private static final int LONG_POLL_SECONDS = 20;

    private static final Duration SETTLING = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(12);

    private ParkedPolls() {}

    /**
     * Parks the polls, evenly over the queues, and returns the CPU time that the server took per second of waiting, as a share of one core.
     * At most 12 s are measured, because a poll ends after 20.
     */
    public static double cpuShare(int port, Queues queues, int polls, Supplier<Duration> serverCpu, Duration duration) {
        ReceiveRequest receive = new ReceiveRequest(port, queues, 10, LONG_POLL_SECONDS);
        try (EventLoop loop = new EventLoop(port)) {
            for (int i = 0; i < polls; i++) {
                Connection connection = loop.connect(response -> {
                    throw new IllegalStateException("A poll came back early: " + response.excerpt());
                });
                connection.send(receive.fill(i % queues.count()));
                loop.poll(0);
            }
            poll(loop, SETTLING);
            Duration before = serverCpu.get();
            long startNanos = System.nanoTime();
            poll(loop, duration.compareTo(LONGEST) < 0 ? duration : LONGEST);
            return (double) serverCpu.get().minus(before).toNanos() / (System.nanoTime() - startNanos);
        }
    }

    private static void poll(EventLoop loop, Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            loop.poll(100);
        }
    }
}
