package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What configuration adds: queues that are there from the start, another host in URLs, pages that may call. */
class ConfiguredServerIT {
    private static final String ARN = "arn:aws:sqs:us-east-1:000000000000:";

    @TempDir
    Path folder;

    @Test
    void declaredQueuesAreMadeAtStartAndFollowTheirDeclaration() throws IOException {
        try (ServerProcess server = new ServerProcess(
                        folder,
                        // Its dead-letter queue comes later in every order.
                        "-Dholdfast.queues.orders.visibility-timeout=45",
                        "-Dholdfast.queues.orders.RedrivePolicy={\"deadLetterTargetArn\":\"" + ARN
                                + "z-dead\",\"maxReceiveCount\":\"5\"}",
                        "-Dholdfast.queues.z-dead.MessageRetentionPeriod=1209600",
                        "-Dholdfast.queues.\"prices.fifo\".content-based-deduplication=true");
                SqsClient sqs = server.client()) {
            Map<QueueAttributeName, String> orders = attributes(sqs, "orders");
            assertThat(orders)
                    .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "45")
                    .containsEntry(
                            QueueAttributeName.REDRIVE_POLICY,
                            "{\"deadLetterTargetArn\":\"" + ARN + "z-dead\",\"maxReceiveCount\":5}");
            assertThat(attributes(sqs, "prices.fifo"))
                    .containsEntry(QueueAttributeName.FIFO_QUEUE, "true")
                    .containsEntry(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true");
            sqs.sendMessage(request -> request.queueUrl("orders").messageBody("kept"));
        }

        try (ServerProcess server = new ServerProcess(folder, "-Dholdfast.queues.orders.VisibilityTimeout=60");
                SqsClient sqs = server.client()) {
            assertThat(attributes(sqs, "orders"))
                    .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "60")
                    .containsKey(QueueAttributeName.REDRIVE_POLICY)
                    .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "1");
        }
    }

    @Test
    void wrongDeclarationEndsTheStartWithOneLineThatNamesIt() {
        assertThatThrownBy(() -> new ServerProcess(folder, "-Dholdfast.queues.orders.DelaySeconds=901"))
                .message()
                .satisfies(log -> assertThat(log.lines().filter(line -> line.contains("holdfast.queues.orders: ")))
                        .hasSize(1)
                        .allMatch(line -> line.contains("DelaySeconds")))
                .doesNotContain("\tat ");
    }

    @Test
    void publicUrlAndCorsFollowConfiguration() throws IOException {
        List<String> settings = new ArrayList<>();
        settings.add("-Dholdfast.public-url=https://queue.example/");
        settings.add("-Dholdfast.cors.origins=http://app.example");
        try (ServerProcess server = new ServerProcess(folder, settings.toArray(String[]::new));
                SqsClient sqs = server.client()) {
            String url = sqs.createQueue(request -> request.queueName("q")).queueUrl();
            assertThat(url).isEqualTo("https://queue.example/000000000000/q");
            assertThat(sqs.listQueues().queueUrls()).containsExactly(url);
            sqs.sendMessage(request -> request.queueUrl(url).messageBody("found under its public address"));

            HttpResponse<String> invited = list(server, "http://app.example");
            assertThat(invited.statusCode()).isEqualTo(200);
            assertThat(invited.headers().firstValue("access-control-allow-origin"))
                    .hasValue("http://app.example");
            assertThat(list(server, "http://other.example").statusCode()).isEqualTo(403);
        }
    }

    private static HttpResponse<String> list(ServerProcess server, String origin) throws IOException {
        return server.send(HttpRequest.newBuilder(server.url().resolve("/?Action=ListQueues"))
                .header("Origin", origin)
                .header("Sec-Fetch-Site", "cross-site")
                .build());
    }

    private static Map<QueueAttributeName, String> attributes(SqsClient sqs, String name) {
        return sqs.getQueueAttributes(request -> request.queueUrl(name).attributeNames(QueueAttributeName.ALL))
                .attributes();
    }
}
