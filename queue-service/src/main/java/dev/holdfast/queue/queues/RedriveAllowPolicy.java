package dev.holdfast.queue.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.SqsError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which queues may use a queue as their dead-letter queue. */
public sealed interface RedriveAllowPolicy {
    record AllowAll() implements RedriveAllowPolicy {}

    record DenyAll() implements RedriveAllowPolicy {}

    /** At most ten sources. */
    record ByQueue(List<QueueArn> sources) implements RedriveAllowPolicy {}

    default boolean allows(QueueArn source) {
        return switch (this) {
            case AllowAll ignored -> true;
            case DenyAll ignored -> false;
            case ByQueue byQueue -> byQueue.sources.contains(source);
        };
    }

    /**
     * @param json null where nothing is set, which allows all
     * @throws dev.holdfast.queue.api.SqsException InvalidAttributeValue
     */
    static RedriveAllowPolicy parse(@Nullable String json) {
        return json == null ? new AllowAll() : of(tree(json));
    }

    /** As it is stored and shown. */
    static String normalize(String json) {
        ObjectNode tree = tree(json);
        of(tree);
        return tree.toString();
    }

    private static RedriveAllowPolicy of(ObjectNode tree) {
        String permission = tree.path("redrivePermission").asText();
        JsonNode sources = tree.get("sourceQueueArns");
        if (sources != null && !permission.equals("byQueue")) {
            throw invalid("sourceQueueArns is allowed only with redrivePermission byQueue.");
        }
        return switch (permission) {
            case "allowAll" -> new AllowAll();
            case "denyAll" -> new DenyAll();
            case "byQueue" -> new ByQueue(arns(sources));
            default -> throw invalid("redrivePermission must be allowAll, denyAll or byQueue.");
        };
    }

    /** A list of sources that says nothing is taken for none: tools write it empty where it is not set. */
    private static ObjectNode tree(String json) {
        ObjectNode tree = PolicyJson.read(json);
        if (tree == null) {
            throw invalid("Amazon SQS can't create the redrive allow policy: it is not valid JSON.");
        }
        JsonNode sources = tree.get("sourceQueueArns");
        if (sources != null && sources.isArray() && sources.isEmpty()) {
            tree.remove("sourceQueueArns");
        }
        return tree;
    }

    private static List<QueueArn> arns(@Nullable JsonNode sources) {
        if (sources == null || !sources.isArray() || sources.isEmpty() || sources.size() > Limits.MAX_REDRIVE_SOURCES) {
            throw invalid(
                    "byQueue needs sourceQueueArns, a list of 1 to " + Limits.MAX_REDRIVE_SOURCES + " queue ARNs.");
        }
        List<QueueArn> arns = new ArrayList<>();
        for (JsonNode source : sources) {
            arns.add(QueueArn.parse(source.asText())
                    .orElseThrow(() -> invalid("sourceQueueArns holds " + source + ", which is no queue ARN.")));
        }
        return List.copyOf(arns);
    }

    private static RuntimeException invalid(String reason) {
        return SqsError.INVALID_ATTRIBUTE_VALUE.because(
                "Invalid value for the parameter RedriveAllowPolicy. Reason: " + reason);
    }
}
