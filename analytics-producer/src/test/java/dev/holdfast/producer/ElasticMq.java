package dev.holdfast.producer;

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
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** A queue that is not ours: ElasticMQ in a process of its own, so that nothing here depends on queue-service. */
final class ElasticMq implements AutoCloseable {
    private final Process process;
    private final int port;
    private final SqsClient client;

    ElasticMq(Path folder) throws Exception {
        port = freePort();
        Path config = Files.writeString(folder.resolve("elasticmq.conf"), """
                include classpath("application.conf")
                rest-sqs { enabled = true, bind-port = %1$d, bind-hostname = "127.0.0.1", sqs-limits = strict }
                node-address { protocol = http, host = localhost, port = %1$d, context-path = "" }
                rest-stats.enabled = false
                """.formatted(port));
        process = new ProcessBuilder(
                        ProducerProcess.java(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Dconfig.file=" + config,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.elasticmq.server.Main")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("elasticmq.log").toFile())
                .start();
        client = SqsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
        Deadline.await("ElasticMQ answers", this::answers);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    URI endpoint() {
        return URI.create("http://localhost:" + port);
    }

    SqsClient client() {
        return client;
    }

    /** Receives until nothing is left that is not in flight; for a queue with a long visibility timeout. */
    List<Message> drain(String queue) {
        String url = client.getQueueUrl(request -> request.queueName(queue)).queueUrl();
        var drained = new ArrayList<Message>();
        while (true) {
            List<Message> messages = client.receiveMessage(request ->
                            request.queueUrl(url).maxNumberOfMessages(10).messageAttributeNames("All"))
                    .messages();
            if (messages.isEmpty()) {
                return drained;
            }
            drained.addAll(messages);
        }
    }

    Map<String, String> attributes(String queue) {
        String url = client.getQueueUrl(request -> request.queueName(queue)).queueUrl();
        return client.getQueueAttributes(request -> request.queueUrl(url).attributeNamesWithStrings("All"))
                .attributesAsStrings();
    }

    private boolean answers() {
        try {
            client.listQueues();
            return true;
        } catch (SqsException e) {
            return true;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly().onExit().join();
    }
}
