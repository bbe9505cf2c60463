package dev.holdfast.queue.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.SqsError;

/**
 * Where a message goes that was received too often.
 *
 * @param maxReceiveCount 1 to 1,000: a message received this often and visible again is moved, not delivered
 */
public record RedrivePolicy(QueueArn deadLetterTarget, int maxReceiveCount) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @throws dev.holdfast.queue.api.SqsException InvalidParameterValue
     */
    public static RedrivePolicy parse(String json) {
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw invalid(json, "Redrive policy is not a valid JSON map.");
        }
        if (!tree.isObject()) {
            throw invalid(json, "Redrive policy is not a valid JSON map.");
        }
        if (!tree.hasNonNull("maxReceiveCount")) {
            throw invalid(json, "Redrive policy does not contain mandatory attribute: maxReceiveCount.");
        }
        if (!tree.hasNonNull("deadLetterTargetArn")) {
            throw invalid(json, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
        }
        int count = count(json, tree.get("maxReceiveCount"));
        QueueArn target = QueueArn.parse(tree.get("deadLetterTargetArn").asText())
                .orElseThrow(() -> invalid(json, "Invalid value for deadLetterTargetArn."));
        return new RedrivePolicy(target, count);
    }

    private static int count(String json, JsonNode node) {
        try {
            int count = node.isTextual() ? Integer.parseInt(node.textValue()) : node.isInt() ? node.intValue() : 0;
            if (count >= 1 && count <= Limits.MAX_RECEIVE_COUNT) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw invalid(
                json,
                "Invalid value for maxReceiveCount: " + node.asText() + ", valid values are from 1 to "
                        + Limits.MAX_RECEIVE_COUNT + " both inclusive.");
    }

    private static RuntimeException invalid(String json, String reason) {
        return SqsError.INVALID_PARAMETER_VALUE.because(
                "Value " + json + " for parameter RedrivePolicy is invalid. Reason: " + reason);
    }

    /** As it is stored and shown: the count is a number, whatever it was sent as. */
    public String toJson() {
        return JSON.createObjectNode()
                .put("deadLetterTargetArn", deadLetterTarget.toString())
                .put("maxReceiveCount", maxReceiveCount)
                .toString();
    }
}
