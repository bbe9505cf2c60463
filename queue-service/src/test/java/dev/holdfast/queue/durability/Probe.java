package dev.holdfast.queue.durability;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Sends, receives and deletes on a queue of its own without a pause, and notes the longest that a call took. */
final class Probe implements AutoCloseable {
    private final Client client;
    private final String url;
    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final CompletableFuture<Void> ended;
    private volatile boolean running = true;

    Probe(ServerProcess server) throws IOException {
        this.client = new Client(server);
        this.url = client.createQueue("probe");
        this.ended = CompletableFuture.runAsync(this::run);
    }

    private void run() {
        try {
            while (running) {
                call("SendMessage", Map.of("QueueUrl", url, "MessageBody", "probe"));
                String handle = call("ReceiveMessage", Map.of("QueueUrl", url));
                call("DeleteMessage", Map.of("QueueUrl", url, "ReceiptHandle", handle));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String call(String action, Map<String, ?> members) throws IOException {
        long before = System.nanoTime();
        String handle =
                client.call(action, members).at("/Messages/0/ReceiptHandle").asText();
        longestNanos.accumulateAndGet(System.nanoTime() - before, Math::max);
        calls.incrementAndGet();
        return handle;
    }

    /** The longest call since the last time this was asked. */
    Duration takeLongest() {
        return Duration.ofNanos(longestNanos.getAndSet(0));
    }

    long calls() {
        return calls.get();
    }

    /** Fails when a call has failed. */
    @Override
    public void close() {
        running = false;
        ended.join();
        client.close();
    }
}
