package dev.holdfast.benchmark.report;

import dev.holdfast.benchmark.server.Kernel;

/** On what a run was made. */
public record Machine(
        String processor, int cores, long memoryBytes, String kernel, String java, double loadAverageBefore) {

    public static Machine here() {
        return new Machine(
                Kernel.processorName(),
                Runtime.getRuntime().availableProcessors(),
                Kernel.memoryBytes(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
                Kernel.loadAverage());
    }

    String line() {
        return "%s, %d cores, %d GiB, %s, Java %s; load average before the run %.2f"
                .formatted(processor, cores, memoryBytes >> 30, kernel, java, loadAverageBefore);
    }
}
