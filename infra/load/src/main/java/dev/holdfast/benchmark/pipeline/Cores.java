package dev.holdfast.benchmark.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The cores that this process may use: one to be measured, the others for what feeds it. */
record Cores(List<Integer> numbers) {
    private static final String LINE = "Cpus_allowed_list:";

    static Cores allowed() {
        try {
            return parse(Files.readString(Path.of("/proc/self/status"))
                    .lines()
                    .filter(line -> line.startsWith(LINE))
                    .findFirst()
                    .map(line -> line.substring(LINE.length()).strip())
                    .orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A list as Linux writes it: {@code 0-2,5}. */
    static Cores parse(String list) {
        return new Cores(Arrays.stream(list.split(",", -1))
                .flatMapToInt(range -> {
                    String[] ends = range.split("-", -1);
                    return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
                })
                .boxed()
                .toList());
    }

    String first() {
        return String.valueOf(numbers.getFirst());
    }

    /** All but the first; where there is one only, that one. */
    String others() {
        return numbers.size() == 1 ? first() : joined(numbers.subList(1, numbers.size()));
    }

    String all() {
        return joined(numbers);
    }

    private static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
