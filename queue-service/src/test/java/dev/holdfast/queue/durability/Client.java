package dev.holdfast.queue.durability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** A client without an SDK, for tests that measure: one kept connection, the JSON protocol. Used by one thread. */
final class Client implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Client(ServerProcess server) {
        this.url = server.url();
    }

    /** Performs an action and returns the answer; an error is an exception. */
    JsonNode call(String action, Map<String, ?> members) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("X-Amz-Target", "AmazonSQS." + action)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(members)))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode json = answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new IOException(action + " answered " + answer.statusCode() + ": " + json);
            }
            return json;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    String createQueue(String name) throws IOException {
        return call("CreateQueue", Map.of("QueueName", name)).get("QueueUrl").asText();
    }

    @Override
    public void close() {
        http.close();
    }
}
