package dev.holdfast.benchmark.report;

import dev.holdfast.benchmark.scenario.Measurement;
import dev.holdfast.benchmark.scenario.Metric;
import dev.holdfast.benchmark.scenario.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** The measurements of a run, seen as medians over rounds and as ratios between servers of the same round. */
public final class Results {
    private static final String SUBJECT = "holdfast";

    private final List<Measurement> measurements;

    public Results(List<Measurement> measurements) {
        this.measurements = measurements;
    }

    public List<Measurement> measurements() {
        return measurements;
    }

    /** The servers that have a value in this scenario, in the order in which they ran. */
    public Set<String> servers(String scenario) {
        Set<String> servers = new LinkedHashSet<>();
        for (Measurement measurement : measurements) {
            if (measurement.scenario().equals(scenario)) {
                servers.add(measurement.server());
            }
        }
        return servers;
    }

    /** The median over the rounds; empty where nothing was measured. */
    public OptionalDouble median(String scenario, String server, Metric metric) {
        List<Double> values = new ArrayList<>(byRound(scenario, server, metric).values());
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Numbers.median(values));
    }

    /**
     * How many times better Holdfast is than this server: the median of the ratios within each round, because what slows a round down
     * slows both. Empty where one of the two has no value or no direction is better.
     */
    public OptionalDouble advantage(String scenario, String server, Metric metric) {
        if (server.equals(SUBJECT) || metric.better() == Metric.Better.NEITHER) {
            return OptionalDouble.empty();
        }
        Map<Integer, Double> ours = byRound(scenario, SUBJECT, metric);
        List<Double> ratios = new ArrayList<>();
        byRound(scenario, server, metric).forEach((round, theirs) -> {
            Double own = ours.get(round);
            if (own != null && own > 0 && theirs > 0) {
                ratios.add(metric.better() == Metric.Better.HIGHER ? own / theirs : theirs / own);
            }
        });
        return ratios.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Numbers.median(ratios));
    }

    private Map<Integer, Double> byRound(String scenario, String server, Metric metric) {
        Map<Integer, Double> values = new LinkedHashMap<>();
        for (Measurement measurement : measurements) {
            Double value = measurement.values().get(metric);
            if (value != null
                    && measurement.scenario().equals(scenario)
                    && measurement.server().equals(server)) {
                values.put(measurement.round(), value);
            }
        }
        return values;
    }
}
