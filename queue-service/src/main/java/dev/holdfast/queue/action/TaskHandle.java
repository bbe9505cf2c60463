package dev.holdfast.queue.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.queues.QueueArn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** What a client shows to cancel a task: base64 of JSON, as on Amazon SQS. */
record TaskHandle(UUID taskId, QueueArn source) {
    private static final ObjectMapper JSON = new ObjectMapper();

    String encode() {
        String json = JSON.createObjectNode()
                .put("taskId", taskId.toString())
                .put("sourceArn", source.toString())
                .toString();
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @throws dev.holdfast.queue.api.SqsException InvalidParameterValue when it is not a handle
     */
    static TaskHandle decode(String text) {
        try {
            JsonNode json = JSON.readTree(Base64.getDecoder().decode(text));
            if (json != null && json.path("taskId").isTextual()) {
                return new TaskHandle(
                        UUID.fromString(json.path("taskId").textValue()),
                        QueueArn.parse(json.path("sourceArn").asText()).orElseThrow(TaskHandle::invalid));
            }
        } catch (IOException | IllegalArgumentException e) {
            // Neither base64, nor JSON, nor a UUID.
        }
        throw invalid();
    }

    private static RuntimeException invalid() {
        return SqsError.INVALID_PARAMETER_VALUE.because("Value for parameter TaskHandle is invalid.");
    }
}
