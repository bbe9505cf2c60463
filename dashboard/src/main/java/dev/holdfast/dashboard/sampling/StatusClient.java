package dev.holdfast.dashboard.sampling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks producer and consumer for their status, and passes a person's commands on to them. */
@ApplicationScoped
public class StatusClient {
    private static final Duration SAMPLE_TIMEOUT = Duration.ofMillis(700);
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);

    private final ObjectMapper json;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(SAMPLE_TIMEOUT)
            .build();

    StatusClient(ObjectMapper json) {
        this.json = json;
    }

    /**
     * The status of one service.
     *
     * @throws IOException when it does not answer, or with something else than its status; the message is for people
     */
    <T> T status(URI base, Class<T> type) throws IOException {
        var request = HttpRequest.newBuilder(base.resolve("/api/status"))
                .timeout(SAMPLE_TIMEOUT)
                .build();
        var response = send(request);
        if (response.statusCode() != 200) {
            throw new IOException("answered " + response.statusCode());
        }
        try {
            return json.readValue(response.body(), type);
        } catch (JsonProcessingException e) {
            throw new IOException("answered something that is not its status", e);
        }
    }

    /**
     * Sends a command with a JSON body and gives back the raw answer, whatever its status.
     *
     * @throws IOException when the service does not answer
     */
    public HttpResponse<String> command(URI address, String body) throws IOException {
        return send(HttpRequest.newBuilder(address)
                .timeout(COMMAND_TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            throw new IOException("no answer", e);
        }
    }
}
