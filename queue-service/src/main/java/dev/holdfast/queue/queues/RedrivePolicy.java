package dev.holdfast.queue.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.WholeNumber;

/**
 * Where a message goes that was received too often.
 *
 * @param maxReceiveCount 1 to 1,000: a message received this often and visible again is moved, not delivered
 */
public record RedrivePolicy(QueueArn deadLetterTarget, int maxReceiveCount) {
    /**
     * @throws dev.holdfast.queue.api.SqsException InvalidParameterValue
     */
    public static RedrivePolicy parse(String json) {
        ObjectNode tree = PolicyJson.read(json);
        if (tree == null) {
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
        long count =
                node.isTextual() ? WholeNumber.parse(node.textValue()).orElse(0) : node.isInt() ? node.intValue() : 0;
        if (count >= 1 && count <= Limits.MAX_RECEIVE_COUNT) {
            return (int) count;
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
        return PolicyJson.object()
                .put("deadLetterTargetArn", deadLetterTarget.toString())
                .put("maxReceiveCount", maxReceiveCount)
                .toString();
    }
}
