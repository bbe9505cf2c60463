package dev.holdfast.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.benchmark.scenario.Measurement;
import dev.holdfast.benchmark.scenario.Metric;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReportTest {
    private static final String LIFE = "life-batch-16";

    private final Results results = new Results(List.of(
            rate("holdfast", 1, 40_000),
            rate("elasticmq", 1, 20_000),
            rate("holdfast", 2, 10_000),
            rate("elasticmq", 2, 4_000),
            rate("holdfast", 3, 41_234),
            rate("elasticmq", 3, 18_000)));

    @Test
    void ratiosAreTakenWithinARound() {
        assertThat(results.median(LIFE, "holdfast", Metric.RATE)).hasValue(40_000);
        assertThat(results.advantage(LIFE, "elasticmq", Metric.RATE).orElseThrow())
                .isBetween(2.29, 2.3);
        assertThat(results.advantage(LIFE, "holdfast", Metric.RATE)).isEmpty();
    }

    @Test
    void tableShowsMediansWithRatios() {
        assertThat(report().text())
                .contains("### Full life of a message")
                .contains("| elasticmq | 18,000 (2.29×) |")
                .contains("FAILED checks:\n- something");
    }

    @Test
    void writesJsonAndWellFormedCharts(@TempDir Path folder) throws Exception {
        report().write(folder);

        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("results.json").toFile());
        assertThat(json.get("measurements")).hasSize(6);
        assertThat(json.at("/summary/0/metric").asText()).isEqualTo("RATE");
        Document chart = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("rate.svg").toFile());
        assertThat(chart.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(chart.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2 + 2);
    }

    private Report report() {
        return new Report(
                Instant.parse("2026-11-24T15:00:00Z"),
                Machine.here(),
                List.of("--quick"),
                results,
                List.of("something"));
    }

    private static Measurement rate(String server, int round, double value) {
        return new Measurement(LIFE, server, round, Map.of(Metric.RATE, value), List.of());
    }
}
