package dev.holdfast.queue.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.api.StrictBase64;
import dev.holdfast.queue.queues.QueueArn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * What a client shows to cancel a task: base64 of JSON, as on Amazon SQS.
 *
 * @param taskId as given; only {@link #id} says whether a task can have it
 * @param sourceArn as given; only {@link #source} says whether it is an ARN
 */
record TaskHandle(String taskId, String sourceArn) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static TaskHandle of(UUID taskId, QueueArn source) {
        return new TaskHandle(taskId.toString(), source.toString());
    }

    String encode() {
        String json = JSON.createObjectNode()
                .put("taskId", taskId)
                .put("sourceArn", sourceArn)
                .toString();
        return StrictBase64.STANDARD.encode(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @throws SqsException InvalidParameterValue when it is not a handle
     */
    static TaskHandle decode(String text) {
        byte[] json = StrictBase64.STANDARD.decode(text);
        if (json == null) {
            throw invalid();
        }
        try {
            JsonNode tree = JSON.readTree(json);
            if (tree.path("taskId").isTextual() && tree.path("sourceArn").isTextual()) {
                return new TaskHandle(
                        tree.path("taskId").textValue(), tree.path("sourceArn").textValue());
            }
        } catch (IOException e) {
            // Not JSON.
        }
        throw invalid();
    }

    private static SqsException invalid() {
        return SqsError.INVALID_PARAMETER_VALUE.because("Value for parameter TaskHandle is invalid.");
    }

    /** Empty when it is not a UUID in the one spelling that tasks have. */
    Optional<UUID> id() {
        try {
            return Optional.of(UUID.fromString(taskId))
                    .filter(id -> id.toString().equals(taskId));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Optional<QueueArn> source() {
        return QueueArn.parse(sourceArn);
    }
}
