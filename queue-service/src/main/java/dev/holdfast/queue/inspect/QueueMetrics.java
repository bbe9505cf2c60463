package dev.holdfast.queue.inspect;

import dev.holdfast.queue.commit.Operation;
import dev.holdfast.queue.config.ServerConfig;
import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.engine.MessageEngine;
import dev.holdfast.queue.queues.Queue;
import io.agroal.api.AgroalDataSource;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.SummaryMetricFamily;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/**
 * CloudWatch's metrics of each queue, by its names, made when they are asked for: a request pays for its counters only, and
 * deleted queues leave no series behind.
 */
@Singleton
class QueueMetrics extends Collector {
    /** A series of its own each; the queues after these, by name, are summed. */
    static final int MAX_QUEUES = 1_000;

    /** No queue can have this name. */
    private static final String ALL_OTHERS = "(all others)";

    /** The writer looks at so many queues in a row, so that requests do not wait for all of them. */
    private static final int QUEUES_PER_TURN = 100;

    private static final List<String> LABEL = List.of("queue");
    private static final Logger LOG = Logger.getLogger(QueueMetrics.class);

    private final Engine engine;
    private final String account;
    private final AgroalDataSource database;

    QueueMetrics(Engine engine, ServerConfig config, AgroalDataSource database) {
        this.engine = engine;
        this.account = config.account();
        this.database = database;
    }

    @SuppressWarnings("deprecation") // The class that Quarkus' registry has; its successor is in another artifact.
    void register(@Observes StartupEvent event, PrometheusMeterRegistry registry) {
        registry.getPrometheusRegistry().register(this);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        Map<String, QueueFigures> figures = new LinkedHashMap<>();
        try {
            figures.putAll(figures());
        } catch (SQLException | CompletionException e) {
            // The other metrics, which say what is wrong, must still be answered.
            LOG.warnf("event=queue-metrics-left-out reason=\"%s\"", e.getMessage());
        }
        return List.of(
                counter(
                        "aws_sqs_number_of_messages_sent",
                        "Messages sent since the start.",
                        figures,
                        queue -> queue.traffic().messagesSent()),
                counter(
                        "aws_sqs_number_of_messages_received",
                        "Messages handed out by receives since the start.",
                        figures,
                        queue -> queue.traffic().messagesReceived()),
                counter(
                        "aws_sqs_number_of_messages_deleted",
                        "Deletes that succeeded since the start.",
                        figures,
                        queue -> queue.traffic().messagesDeleted()),
                counter(
                        "aws_sqs_number_of_empty_receives",
                        "Receives answered without a message since the start.",
                        figures,
                        queue -> queue.traffic().emptyReceives()),
                sizes(figures),
                gauge(
                        "aws_sqs_approximate_number_of_messages_visible",
                        "Messages that can be received now.",
                        figures,
                        QueueFigures::visible),
                gauge(
                        "aws_sqs_approximate_number_of_messages_not_visible",
                        "Messages in flight.",
                        figures,
                        QueueFigures::notVisible),
                gauge(
                        "aws_sqs_approximate_number_of_messages_delayed",
                        "Messages whose first delay is not over.",
                        figures,
                        QueueFigures::delayed),
                gauge(
                        "aws_sqs_approximate_number_of_noisy_groups",
                        "Message groups of a standard queue that wait until quieter ones are served.",
                        figures,
                        QueueFigures::noisyGroups),
                gauge(
                        "aws_sqs_approximate_age_of_oldest_message_seconds",
                        "Since the oldest message came to the queue, without those delayed or received more than three times.",
                        figures,
                        QueueFigures::oldestAgeSeconds));
    }

    private static MetricFamilySamples counter(
            String name, String help, Map<String, QueueFigures> figures, ToDoubleFunction<QueueFigures> value) {
        CounterMetricFamily family = new CounterMetricFamily(name, help, LABEL);
        figures.forEach((queue, of) -> family.addMetric(List.of(queue), value.applyAsDouble(of)));
        return family;
    }

    private static MetricFamilySamples gauge(
            String name, String help, Map<String, QueueFigures> figures, ToDoubleFunction<QueueFigures> value) {
        GaugeMetricFamily family = new GaugeMetricFamily(name, help, LABEL);
        figures.forEach((queue, of) -> family.addMetric(List.of(queue), value.applyAsDouble(of)));
        return family;
    }

    private static MetricFamilySamples sizes(Map<String, QueueFigures> figures) {
        SummaryMetricFamily family = new SummaryMetricFamily(
                "aws_sqs_sent_message_size_bytes", "Sizes of messages sent since the start.", LABEL);
        figures.forEach((queue, of) ->
                family.addMetric(List.of(queue), (double) of.traffic().messagesSent(), (double)
                        of.traffic().bytesSent()));
        return family;
    }

    /** By queue name, at most {@link #MAX_QUEUES} and the rest together. */
    private Map<String, QueueFigures> figures() throws SQLException {
        List<Queue> queues = engine.queues().list(account, "", null, Integer.MAX_VALUE);
        Map<String, QueueFigures> figures = new LinkedHashMap<>();
        try (Connection connection = database.getConnection()) {
            for (int first = 0; first < queues.size(); first += QUEUES_PER_TURN) {
                List<Queue> some = queues.subList(first, Math.min(first + QUEUES_PER_TURN, queues.size()));
                Map<Queue, MessageEngine.Counts> counts = counts(some);
                for (Queue queue : counts.keySet()) {
                    figures.merge(
                            figures.size() < MAX_QUEUES ? queue.name().value() : ALL_OTHERS,
                            figures(connection, queue, counts.get(queue)),
                            QueueFigures::plus);
                }
            }
        }
        return figures;
    }

    /** Exact, in the writer's turn; without the queues that were deleted meanwhile. */
    private Map<Queue, MessageEngine.Counts> counts(List<Queue> queues) {
        return Operation.submit(engine.groupCommit(), tx -> {
                    Map<Queue, MessageEngine.Counts> counts = new LinkedHashMap<>();
                    for (Queue queue : queues) {
                        if (engine.messages().holds(queue.number())) {
                            counts.put(queue, engine.messages().counts(tx, queue.number()));
                        }
                    }
                    return counts;
                })
                .join();
    }

    private QueueFigures figures(Connection connection, Queue queue, MessageEngine.Counts counts) throws SQLException {
        Long oldest = StoredMessages.oldestArrivalMillis(connection, queue);
        return new QueueFigures(
                engine.messages().traffic().of(queue.number()).totals(),
                counts.waiting(),
                counts.inFlight(),
                counts.delayed(),
                counts.noisyGroups(),
                oldest == null ? 0 : Math.max(0, engine.clock().millis() - oldest) / 1_000.0);
    }
}
