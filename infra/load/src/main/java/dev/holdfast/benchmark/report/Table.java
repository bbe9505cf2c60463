package dev.holdfast.benchmark.report;

import dev.holdfast.benchmark.scenario.Metric;
import dev.holdfast.benchmark.scenario.Numbers;
import dev.holdfast.benchmark.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The results as Markdown with aligned columns, one table per family of scenarios: readable on a screen as it stands. */
final class Table {
    private final Results results;

    Table(Results results) {
        this.results = results;
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        for (Scenario.Family family : Scenario.Family.values()) {
            List<String> scenarios = Scenario.all().stream()
                    .filter(scenario -> scenario.family() == family)
                    .map(Scenario::id)
                    .filter(id -> !results.servers(id).isEmpty())
                    .toList();
            if (!scenarios.isEmpty()) {
                text.append("### ")
                        .append(family.title())
                        .append("\n\n")
                        .append(table(scenarios))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private String table(List<String> scenarios) {
        List<Metric> metrics = Arrays.stream(Metric.values())
                .filter(metric -> scenarios.stream().anyMatch(scenario -> hasValue(scenario, metric)))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("scenario", "server"));
        metrics.forEach(metric -> head.add(metric.title()));
        rows.add(head);
        for (String scenario : scenarios) {
            for (String server : results.servers(scenario)) {
                List<String> row = new ArrayList<>(List.of(scenario, server));
                metrics.forEach(metric -> row.add(cell(scenario, server, metric)));
                rows.add(row);
            }
        }
        return aligned(rows);
    }

    private boolean hasValue(String scenario, Metric metric) {
        return results.servers(scenario).stream()
                .anyMatch(server -> results.median(scenario, server, metric).isPresent());
    }

    private String cell(String scenario, String server, Metric metric) {
        OptionalDouble value = results.median(scenario, server, metric);
        if (value.isEmpty()) {
            return "";
        }
        OptionalDouble advantage = results.advantage(scenario, server, metric);
        String ratio = advantage.isPresent() ? String.format(Locale.ROOT, " (%.2f×)", advantage.getAsDouble()) : "";
        return Numbers.rounded(value.getAsDouble()) + ratio;
    }

    private static String aligned(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            for (int i = 0; i < columns; i++) {
                String padding = " ".repeat(widths[i] - rows.get(r).get(i).length());
                text.append("| ")
                        .append(
                                i < 2
                                        ? rows.get(r).get(i) + padding
                                        : padding + rows.get(r).get(i))
                        .append(' ');
            }
            text.append("|\n");
            if (r == 0) {
                for (int i = 0; i < columns; i++) {
                    text.append('|').append("-".repeat(widths[i] + 1)).append(i < 2 ? '-' : ':');
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }
}
