package dev.holdfast.benchmark.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.benchmark.scenario.Numbers;
import dev.holdfast.benchmark.server.Kernel;
import dev.holdfast.harness.Ports;
import dev.holdfast.harness.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How fast the pipeline's ends are: the producer at its highest rate, the producer as fast as it can, and then a consumer alone on one
 * core with the queue that the producer filled. The queue has the other cores, as on a host of its own.
 */
public final class PipelineBenchmark {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** The producer tells the mean of the last ten whole seconds; the first of them are its start. */
    private static final Duration RATE_HELD = Duration.ofSeconds(15);

    private static final int HIGHEST_RATE = 5_000;
    private static final int MICROS = 1_000_000;

    private final PrintStream out;

    public PipelineBenchmark(PrintStream out) {
        this.out = out;
    }

    /** @param events that the queue is filled with; the consumer is measured over the second half, once its compilers are done */
    public void run(long events) {
        try {
            Path folder = Files.createTempDirectory("holdfast-benchmark-pipeline");
            try {
                run(events, folder, Cores.allowed());
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(long events, Path folder, Cores cores) {
        int queuePort = Ports.free();
        try (Part queue = Part.start(Service.QUEUE, cores.others(), folder, queuePort, queuePort)) {
            fill(queuePort, folder, cores, events);
            consume(queue, queuePort, folder, cores, events);
        }
    }

    private void fill(int queuePort, Path folder, Cores cores, long events) {
        try (Part producer = Part.start(
                Service.PRODUCER,
                cores.all(),
                folder,
                Ports.free(),
                queuePort,
                "-Dproducer.autostart=false",
                "-Dproducer.rhythm.amplitude=0",
                "-Dproducer.rate=" + HIGHEST_RATE)) {
            producer.post("/api/start", "");
            long startNanos = System.nanoTime();
            JsonNode held = producer.awaitStatus(
                    "it has run for a while", LIMIT, status -> System.nanoTime() - startNanos > RATE_HELD.toNanos());
            producer.post("/api/stop", "");
            print(
                    "producer, asked for 5,000 events/s",
                    "%s events/s acknowledged (mean of ten seconds), %,d waiting in its outbox",
                    Numbers.rounded(held.path("actualRate").doubleValue()),
                    held.path("outbox").longValue());
            burst(producer, events - held.path("generated").longValue());
        }
    }

    private void burst(Part producer, long count) {
        long before = producer.awaitStatus("its outbox is empty", LIMIT, PipelineBenchmark::isEmpty)
                .path("acknowledged")
                .longValue();
        long startNanos = System.nanoTime();
        producer.post("/api/burst", "{\"count\": " + Math.max(1, count) + "}");
        long after = producer.awaitStatus("the burst is sent", LIMIT, PipelineBenchmark::isEmpty)
                .path("acknowledged")
                .longValue();
        print(
                "producer, as fast as it can",
                "%s events/s acknowledged (%,d events)",
                Numbers.rounded((after - before) / seconds(startNanos)),
                after - before);
    }

    private void print(String what, String format, Object... values) {
        out.printf("%-36s ", what + ":");
        out.printf(Locale.ROOT, format + "%n", values);
    }

    private static boolean isEmpty(JsonNode status) {
        return status.path("outbox").longValue() == 0
                && status.path("burstRemaining").longValue() == 0;
    }

    private void consume(Part queue, int queuePort, Path folder, Cores cores, long events) {
        long startNanos = System.nanoTime();
        try (Part consumer = Part.start(Service.CONSUMER, cores.first(), folder, Ports.free(), queuePort)) {
            Duration queueCpuBefore = queue.cpu();
            long half = appliedOnceAtLeast(consumer, events / 2);
            print(
                    "consumer alone on one core, cold",
                    "%s events/s from its start on (%,d events)",
                    Numbers.rounded(half / seconds(startNanos)),
                    half);
            long warmNanos = System.nanoTime();
            Duration cpuBefore = consumer.cpu();
            long rest = appliedOnceAtLeast(consumer, events * 95 / 100) - half;
            Duration cpu = consumer.cpu().minus(cpuBefore);
            double took = seconds(warmNanos);
            double cpuSeconds = cpu.toMillis() / 1e3;
            print(
                    "consumer alone on one core, warm",
                    "%s events/s (%,d events); %s us of CPU an event, it had %.0f %% of its core",
                    Numbers.rounded(rest / took),
                    rest,
                    Numbers.rounded(cpuSeconds * MICROS / rest),
                    100 * cpuSeconds / took);
            print(
                    "queue-service meanwhile",
                    "%s us of CPU an event",
                    Numbers.rounded(queue.cpu().minus(queueCpuBefore).toMillis() * 1e3 / (half + rest)));
            print("cores", "consumer %s, queue %s, load %.1f", cores.first(), cores.others(), Kernel.loadAverage());
        }
    }

    /** The number applied at the first look at which it is so many. */
    private static long appliedOnceAtLeast(Part consumer, long count) {
        return consumer.awaitStatus(
                        "it has applied " + count,
                        LIMIT,
                        status -> status.path("applied").longValue() >= count)
                .path("applied")
                .longValue();
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
