package dev.holdfast.observability;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.harness.PackagedService;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.RunningService;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Sqs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Every alert fires and rests on made-up series; every metric of the alerts and every expression of the board is there on a running server. */
class AlertsAndBoardIT {
    private static final Path RULES = Path.of("holdfast.rules.yml");
    private static final Path RULES_TEST = Path.of("holdfast.rules.test.yml");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern METRIC = Pattern.compile("\\b(?:aws_sqs|holdfast|jvm|process)_[a-z_]+");

    @TempDir
    private static Path folder;

    private static RunningService queue;
    private static PrometheusServer prometheus;

    @BeforeAll
    static void start() throws IOException {
        for (String program : List.of("prometheus", "promtool")) {
            assumeTrue(
                    Stream.of(System.getenv("PATH").split(":"))
                            .anyMatch(bin -> Files.isExecutable(Path.of(bin, program))),
                    program + " is not installed here");
        }
        queue = PackagedService.of(Service.QUEUE, folder.resolve("queue")).start();
        prometheus = new PrometheusServer(folder, queue.port());
    }

    @AfterAll
    static void stop() {
        Stream.of(prometheus, queue).filter(started -> started != null).forEach(AlertsAndBoardIT::close);
    }

    @Test
    void everyAlertFiresAndRestsOnMadeUpSeries() throws IOException {
        var tested =
                Program.of("promtool", "test", "rules", RULES_TEST.toString()).run(Duration.ofMinutes(1));

        assertThat(tested.exitCode()).as(tested.output()).isZero();
        String cases = Files.readString(RULES_TEST);
        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(cases).containsPattern("alertname: " + alert + "\\n.*\\n\\s+exp_alerts:\\n");
            assertThat(cases).containsPattern("alertname: " + alert + "\\n.*\\n\\s+exp_alerts: \\[]\\n");
        });
    }

    @Test
    void everyMetricOfTheAlertsIsOneOfTheServers() throws IOException {
        Set<String> metrics = METRIC.matcher(expressions(Files.readString(RULES)))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
        work();

        assertThat(metrics).hasSizeGreaterThan(10);
        await("every metric of the alerts")
                .untilAsserted(() -> assertThat(metrics)
                        .allSatisfy(
                                metric -> assertThat(prometheus.series(metric)).isPositive()));
        assertThat(prometheus.query("alerts").path("alerts"))
                .as("a server that is well")
                .isEmpty();
    }

    @Test
    void everyExpressionOfTheBoardFindsASeries() throws IOException {
        JsonNode board =
                new ObjectMapper().readTree(Path.of("grafana-board.json").toFile());
        List<String> expressions =
                board.findValues("expr").stream().map(JsonNode::asText).toList();
        work();

        assertThat(expressions).hasSizeGreaterThan(20);
        await("every expression of the board").untilAsserted(() -> {
            work();
            assertThat(expressions)
                    .allSatisfy(expression -> assertThat(prometheus.series(withoutVariables(expression)))
                            .isPositive());
        });
    }

    @Test
    void eachVariableOfTheBoardHasValues() {
        work();

        await("a server and its queues").untilAsserted(() -> {
            assertThat(prometheus.series("count by (instance) (holdfast_commits_total)"))
                    .isEqualTo(1);
            assertThat(prometheus.series("count by (queue) (aws_sqs_approximate_number_of_messages_visible)"))
                    .isEqualTo(2);
        });
    }

    /** What makes all figures move: a message that is deleted, an empty receive, a dead-letter queue. */
    private static void work() {
        try (SqsClient sqs = Sqs.client(queue.url())) {
            String orders =
                    sqs.createQueue(request -> request.queueName("orders")).queueUrl();
            sqs.createQueue(request -> request.queueName("orders-dlq"));
            sqs.sendMessage(request -> request.queueUrl(orders).messageBody("an order"));
            sqs.receiveMessage(request -> request.queueUrl(orders))
                    .messages()
                    .forEach(message -> sqs.deleteMessage(
                            request -> request.queueUrl(orders).receiptHandle(message.receiptHandle())));
            sqs.receiveMessage(request -> request.queueUrl(orders));
        }
    }

    /** As Grafana fills them in. */
    private static String withoutVariables(String expression) {
        return expression
                .replace("$__rate_interval", "10s")
                .replace("$instance", ".*")
                .replace("$queue", ".*");
    }

    private static List<String> alerts() throws IOException {
        return ALERT.matcher(Files.readString(RULES))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Without what alerts say to people. */
    private static String expressions(String rules) {
        return rules.replaceAll("(?m)^\\s+(?:summary|description):.*$|^#.*$", "");
    }

    private static void close(AutoCloseable started) {
        try {
            started.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
