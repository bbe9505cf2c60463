package dev.holdfast.consumer;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** An SQS server of other people, in memory, in a process of its own. */
final class ElasticMq implements AutoCloseable {
    private final int port = freePort();
    private final Process process;
    private final SqsClient sqs;

    ElasticMq(Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("elasticmq.conf"), """
                include classpath("application.conf")
                node-address { protocol = http, host = localhost, port = %1$d, context-path = "" }
                rest-sqs { enabled = true, bind-port = %1$d, bind-hostname = "127.0.0.1", sqs-limits = strict }
                rest-stats { enabled = false }
                """.formatted(port));
        process = new ProcessBuilder(
                        java(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dconfig.file=" + config,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.elasticmq.server.Main")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("elasticmq.log").toFile())
                .start();
        sqs = SqsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build();
        Deadline.await("ElasticMQ answers", this::answers);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    URI endpoint() {
        return URI.create("http://localhost:" + port);
    }

    /** A queue whose dead-letter queue has the same name with -dlq behind it. */
    void createQueue(String name, int visibilityTimeoutSeconds, int maxReceiveCount) {
        sqs.createQueue(r -> r.queueName(name + "-dlq"));
        sqs.createQueue(r -> r.queueName(name)
                .attributes(Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        Integer.toString(visibilityTimeoutSeconds),
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:%s-dlq\",\"maxReceiveCount\":\"%d\"}"
                                .formatted(name, maxReceiveCount))));
    }

    /** Sends each body with the identity of this producer and the next sequence. */
    void send(String queue, long firstSequence, List<String> bodies) {
        String url = url(queue);
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String body : bodies) {
            long sequence = firstSequence + entries.size();
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(Long.toString(sequence))
                    .messageBody(body)
                    .messageAttributes(Map.of(
                            "producerId", attribute("String", Events.PRODUCER.toString()),
                            "sequence", attribute("Number", Long.toString(sequence))))
                    .build());
        }
        for (int i = 0; i < entries.size(); i += 10) {
            List<SendMessageBatchRequestEntry> batch = entries.subList(i, Math.min(i + 10, entries.size()));
            if (sqs.sendMessageBatch(r -> r.queueUrl(url).entries(batch)).hasFailed()) {
                throw new IllegalStateException("ElasticMQ refused a message");
            }
        }
    }

    /** Messages that wait and messages in flight. */
    int stock(String queue) {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(
                        r -> r.queueUrl(url(queue)).attributeNames(QueueAttributeName.ALL))
                .attributes();
        return waiting(attributes)
                + Integer.parseInt(
                        attributes.getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0"));
    }

    int waiting(String queue) {
        return waiting(sqs.getQueueAttributes(r -> r.queueUrl(url(queue)).attributeNames(QueueAttributeName.ALL))
                .attributes());
    }

    @Override
    public void close() {
        sqs.close();
        process.destroyForcibly().onExit().join();
    }

    private static int waiting(Map<QueueAttributeName, String> attributes) {
        return Integer.parseInt(attributes.getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0"));
    }

    private String url(String queue) {
        return sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
    }

    private boolean answers() {
        try {
            sqs.listQueues();
            return true;
        } catch (SqsException e) {
            throw e;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }
}
