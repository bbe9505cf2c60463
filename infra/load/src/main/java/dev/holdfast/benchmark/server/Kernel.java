package dev.holdfast.benchmark.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What Linux says about a process and a folder. */
public final class Kernel {
    /** Linux shows times to programs in hundredths of a second on every architecture. */
    private static final long TICK_MILLIS = 10;

    private Kernel() {}

    /** CPU time of all threads of the process since its start. */
    public static Duration cpu(long pid) {
        String stat = read(Path.of("/proc/" + pid + "/stat"));
        // The second field is the program's name in parentheses and may contain spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Duration.ofMillis((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS);
    }

    /** CPU time of all processes and of the kernel since the machine started, and what its host took away. */
    public static Duration machineCpu() {
        String[] fields =
                read(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split(" +", -1);
        long ticks = 0;
        // user, nice, system; then idle and waiting for disks, which are left out; then interrupts and stolen time.
        for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
            ticks += Long.parseLong(fields[field]);
        }
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }

    /** Memory of the process that is in RAM. */
    public static long residentBytes(long pid) {
        return read(Path.of("/proc/" + pid + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    /** The sizes of all files below a folder, in bytes. */
    public static long folderBytes(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static double loadAverage() {
        return Double.parseDouble(read(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    }

    public static String processorName() {
        return read(Path.of("/proc/cpuinfo"))
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor");
    }

    public static long memoryBytes() {
        return read(Path.of("/proc/meminfo"))
                .lines()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
