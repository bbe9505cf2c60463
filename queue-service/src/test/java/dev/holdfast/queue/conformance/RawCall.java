package dev.holdfast.queue.conformance;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * A call that no SDK would make, over either protocol: members of any kind and any text, half surrogate pairs too, which
 * are escapes in JSON and percent-encoded bytes in a form.
 */
public final class RawCall {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private RawCall() {}

    /**
     * What came back, as the JSON protocol has it.
     *
     * @param code of the Query protocol; empty for success
     */
    public record Answer(int status, String code, JsonNode body) {
        public String message() {
            return body.path("message").asText();
        }
    }

    /** @param members as one JSON object */
    public static Answer send(ServerProcess server, Wire wire, String action, String members) throws IOException {
        return send(server, wire, action, JSON.readTree(members));
    }

    public static Answer send(ServerProcess server, Wire wire, String action, JsonNode members) throws IOException {
        return wire == Wire.JSON
                ? json(server, action, JSON.writeValueAsString(members))
                : form(server, action, QueryForm.of(action, members));
    }

    private static Answer json(ServerProcess server, String action, String body) throws IOException {
        HttpResponse<String> answer = server.send(HttpRequest.newBuilder(server.url())
                .header("X-Amz-Target", "AmazonSQS." + action)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        String error = answer.headers().firstValue("x-amzn-query-error").orElse(";");
        return new Answer(answer.statusCode(), error.substring(0, error.indexOf(';')), JSON.readTree(answer.body()));
    }

    /** @param form with its Action */
    static Answer form(ServerProcess server, String action, String form) throws IOException {
        HttpResponse<String> answer = server.send(HttpRequest.newBuilder(server.url())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form, StandardCharsets.UTF_8))
                .build());
        QueryAnswer read =
                QueryAnswer.of(action, answer.statusCode(), answer.body().getBytes(StandardCharsets.UTF_8));
        String error = read.queryError().orElse(";");
        return new Answer(answer.statusCode(), error.substring(0, error.indexOf(';')), read.json());
    }
}
