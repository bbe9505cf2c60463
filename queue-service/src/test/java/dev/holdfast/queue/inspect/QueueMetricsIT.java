package dev.holdfast.queue.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** CloudWatch's metrics of a queue, as a scraper reads them. */
class QueueMetricsIT {
    @TempDir
    Path folder;

    @Test
    void eachQueueHasCloudWatchsMetricsUntilItIsDeleted() throws IOException {
        try (ServerProcess server = new ServerProcess(folder);
                SqsClient sqs = server.client()) {
            String busy = sqs.createQueue(request -> request.queueName("busy")).queueUrl();
            String idle = sqs.createQueue(request -> request.queueName("idle")).queueUrl();
            sqs.sendMessage(request -> request.queueUrl(busy).messageBody("12345"));
            sqs.sendMessage(
                    request -> request.queueUrl(busy).messageBody("1234567890").delaySeconds(900));
            sqs.sendMessageBatch(
                    request -> request.queueUrl(busy).entries(entry("a", "12"), entry("b", "123"), entry("c", "1234")));
            List<Message> received = sqs.receiveMessage(
                            request -> request.queueUrl(busy).maxNumberOfMessages(3))
                    .messages();
            sqs.deleteMessage(request ->
                    request.queueUrl(busy).receiptHandle(received.getFirst().receiptHandle()));
            sqs.receiveMessage(request -> request.queueUrl(idle));

            List<String> metrics = scrape(server);

            assertThat(metrics)
                    .contains(
                            "aws_sqs_number_of_messages_sent_total{queue=\"busy\"} 5.0",
                            "aws_sqs_number_of_messages_received_total{queue=\"busy\"} 3.0",
                            "aws_sqs_number_of_messages_deleted_total{queue=\"busy\"} 1.0",
                            "aws_sqs_number_of_empty_receives_total{queue=\"busy\"} 0.0",
                            "aws_sqs_number_of_empty_receives_total{queue=\"idle\"} 1.0",
                            "aws_sqs_sent_message_size_bytes_count{queue=\"busy\"} 5.0",
                            "aws_sqs_sent_message_size_bytes_sum{queue=\"busy\"} 24.0",
                            "aws_sqs_approximate_number_of_messages_visible{queue=\"busy\"} 1.0",
                            "aws_sqs_approximate_number_of_messages_not_visible{queue=\"busy\"} 2.0",
                            "aws_sqs_approximate_number_of_messages_delayed{queue=\"busy\"} 1.0",
                            "aws_sqs_approximate_age_of_oldest_message_seconds{queue=\"idle\"} 0.0")
                    .anyMatch(
                            line -> line.matches(
                                    "aws_sqs_approximate_age_of_oldest_message_seconds\\{queue=\"busy\"} (?!0\\.0$)\\d+\\.\\d+"));

            sqs.deleteQueue(request -> request.queueUrl(busy));
            assertThat(scrape(server)).noneMatch(line -> line.contains("busy"));
        }
    }

    @Test
    void aGroupThatTakesTooMuchIsCountedAsNoisyUntilItsBacklogIsGone() throws IOException {
        try (ServerProcess server = new ServerProcess(folder);
                SqsClient sqs = server.client()) {
            String url = sqs.createQueue(request -> request.queueName("shared")).queueUrl();
            for (int i = 0; i < 50; i++) {
                sqs.sendMessage(
                        request -> request.queueUrl(url).messageBody("work").messageGroupId("busy-tenant"));
            }
            for (int i = 0; i < 4; i++) {
                sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10));
            }
            assertThat(scrape(server)).contains("aws_sqs_approximate_number_of_noisy_groups{queue=\"shared\"} 1.0");

            sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10));
            sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10));
            assertThat(scrape(server)).contains("aws_sqs_approximate_number_of_noisy_groups{queue=\"shared\"} 0.0");
        }
    }

    @Test
    void beyondAThousandQueuesTheRestIsOneSeries() throws IOException {
        try (ServerProcess server = new ServerProcess(folder);
                SqsClient sqs = server.client()) {
            for (int i = 0; i < QueueMetrics.MAX_QUEUES + 2; i++) {
                String name = "queue-%04d".formatted(i);
                String url = sqs.createQueue(request -> request.queueName(name)).queueUrl();
                if (i >= QueueMetrics.MAX_QUEUES) {
                    sqs.sendMessage(request -> request.queueUrl(url).messageBody("beyond"));
                }
            }

            List<String> sent = scrape(server).stream()
                    .filter(line -> line.startsWith("aws_sqs_number_of_messages_sent_total"))
                    .toList();

            assertThat(sent)
                    .hasSize(QueueMetrics.MAX_QUEUES + 1)
                    .contains("aws_sqs_number_of_messages_sent_total{queue=\"(all others)\"} 2.0");
        }
    }

    private static SendMessageBatchRequestEntry entry(String id, String body) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }

    private static List<String> scrape(ServerProcess server) throws IOException {
        return server.get("/q/metrics").body().lines().toList();
    }
}
