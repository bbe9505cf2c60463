package dev.holdfast.benchmark.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The requests around a measurement (create, count, delete a queue), for which CPU does not matter. */
public final class Control implements AutoCloseable {
    /** Longer than any measurement, so that a message seen twice is always a fault. */
    private static final String VISIBILITY_TIMEOUT_SECONDS = "7200";

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final int port;

    public Control(int port) {
        this.port = port;
    }

    /** Creates {@code count} queues named after {@code set}; FIFO where the groups are. */
    public Queues create(String set, int count, Groups groups) {
        String first = "";
        for (int i = 0; i < count; i++) {
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("VisibilityTimeout", VISIBILITY_TIMEOUT_SECONDS);
            if (groups.fifo()) {
                attributes.put("FifoQueue", "true");
            }
            JsonNode created = perform(
                    "CreateQueue", Map.of("QueueName", Queues.name(set, i, groups.fifo()), "Attributes", attributes));
            if (i == 0) {
                first = created.get("QueueUrl").asText();
            }
        }
        return Queues.of(first, count, groups);
    }

    /** Messages that the server counts in the queue: waiting and in flight. */
    public long count(Queues queues, int number) {
        JsonNode attributes = perform(
                        "GetQueueAttributes",
                        Map.of("QueueUrl", queues.url(number), "AttributeNames", new String[] {"All"}))
                .get("Attributes");
        return attributes.get("ApproximateNumberOfMessages").asLong()
                + attributes.get("ApproximateNumberOfMessagesNotVisible").asLong();
    }

    public void delete(Queues queues) {
        for (int i = 0; i < queues.count(); i++) {
            perform("DeleteQueue", Map.of("QueueUrl", queues.url(i)));
        }
    }

    /** Whether the server answers a request of the protocol. */
    public boolean answers() {
        try {
            return post("ListQueues", Map.of()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private JsonNode perform(String action, Map<String, ?> members) {
        try {
            HttpResponse<String> response = post(action, members);
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        action + " was answered with " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body().isEmpty() ? "{}" : response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private HttpResponse<String> post(String action, Map<String, ?> members) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AmazonSQS." + action)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(members)))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + action + ".", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
