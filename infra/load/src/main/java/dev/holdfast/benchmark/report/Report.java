package dev.holdfast.benchmark.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.holdfast.benchmark.scenario.Measurement;
import dev.holdfast.benchmark.scenario.Metric;
import dev.holdfast.benchmark.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** A run's results on disk: {@code results.md}, {@code results.json} and a chart for each thing measured that says who is ahead. */
public record Report(Instant at, Machine machine, List<String> commandLine, Results results, List<String> failures) {
    /** What the JSON holds; the names of its members are part of the file's format. */
    private record Json(
            String at,
            Machine machine,
            List<String> commandLine,
            List<String> failures,
            List<Summary> summary,
            List<Measurement> measurements) {}

    /** {@code advantage}: how many times better Holdfast is, median of the rounds' ratios; null where it has no meaning. */
    private record Summary(
            String scenario,
            String server,
            Metric metric,
            double median,
            @org.jspecify.annotations.Nullable Double advantage) {}

    /** The tables with a heading, as they go to the screen and to results.md. */
    public String text() {
        StringBuilder text = new StringBuilder("# Benchmark of ")
                .append(at.toString(), 0, 16)
                .append(" UTC\n\n");
        text.append(machine.line()).append(".\n");
        text.append("Medians over the rounds of one run; in brackets how many times better Holdfast is.\n\n");
        text.append(new Table(results).markdown());
        if (failures.isEmpty()) {
            text.append("All checks held: every acknowledged message received, none twice, every body whole.\n");
        } else {
            text.append("FAILED checks:\n");
            failures.forEach(failure -> text.append("- ").append(failure).append('\n'));
        }
        return text.toString();
    }

    /** Writes everything into a folder, which is created where it is missing. */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("results.md"), text());
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(folder.resolve("results.json").toFile(), json());
            for (Metric metric : Metric.values()) {
                chart(folder, metric);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Json json() {
        List<Summary> summary = Scenario.all().stream()
                .flatMap(scenario -> results.servers(scenario.id()).stream()
                        .flatMap(server -> Arrays.stream(Metric.values())
                                .filter(metric -> results.median(scenario.id(), server, metric)
                                        .isPresent())
                                .map(metric -> summary(scenario.id(), server, metric))))
                .toList();
        return new Json(at.toString(), machine, commandLine, failures, summary, results.measurements());
    }

    private Summary summary(String scenario, String server, Metric metric) {
        OptionalDouble advantage = results.advantage(scenario, server, metric);
        return new Summary(
                scenario,
                server,
                metric,
                results.median(scenario, server, metric).orElse(Double.NaN),
                advantage.isPresent() ? advantage.getAsDouble() : null);
    }

    private void chart(Path folder, Metric metric) throws IOException {
        if (metric.better() == Metric.Better.NEITHER) {
            return;
        }
        List<String> scenarios = Scenario.all().stream()
                .map(Scenario::id)
                .filter(id -> results.servers(id).stream()
                        .anyMatch(server -> results.median(id, server, metric).isPresent()))
                .toList();
        if (scenarios.isEmpty()) {
            return;
        }
        Set<String> servers = new TreeSet<>((a, b) -> Integer.compare(order(a), order(b)));
        scenarios.forEach(scenario -> servers.addAll(results.servers(scenario)));
        String name = metric.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg";
        Files.writeString(
                folder.resolve(name),
                BarChart.svg(
                        metric.title(),
                        scenarios,
                        List.copyOf(servers),
                        (scenario, server) -> results.median(scenario, server, metric)));
    }

    private int order(String server) {
        List<String> seen = results.measurements().stream()
                .map(Measurement::server)
                .distinct()
                .toList();
        return seen.indexOf(server);
    }
}
