package dev.holdfast.benchmark.scenario;

import java.util.List;
import java.util.Map;

/**
 * What one server showed in one round of one scenario.
 *
 * @param server {@code holdfast}, {@code elasticmq}, …
 * @param round from 1
 * @param failures what the checks found, in words; empty when all is well
 */
public record Measurement(
        String scenario, String server, int round, Map<Metric, Double> values, List<String> failures) {}
