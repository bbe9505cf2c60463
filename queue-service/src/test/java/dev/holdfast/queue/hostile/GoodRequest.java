package dev.holdfast.queue.hostile;

import dev.holdfast.queue.api.SmithyModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that the server should like, made from the Smithy model: every member with a value that fits its name, but for
 * those put in its place.
 */
final class GoodRequest {
    /** Members that go with a certain kind of queue or value only, and stand in a request only where something hostile does. */
    private static final Set<String> LEFT_OUT = Set.of(
            "NextToken",
            "BinaryValue",
            "StringListValues",
            "BinaryListValues",
            "ReceiveRequestAttemptId",
            "DelaySeconds");

    private static final Set<String> FIFO_ONLY = Set.of("MessageGroupId", "MessageDeduplicationId");

    private final SmithyModel model = SmithyModel.get();
    private final Target target;
    private final Map<String, HostileValue> replacements;

    /** The members met, by path, with their Smithy types. */
    private final Map<String, SmithyModel.Member> slots = new TreeMap<>();

    /** What requests are about. DeleteQueue has a queue of its own, so that the others keep theirs. */
    record Target(String queueUrl, String queueArn, String receiptHandle, String doomedUrl, boolean fifo) {
        Target withReceiptHandle(String other) {
            return new Target(queueUrl, queueArn, other, doomedUrl, fifo);
        }
    }

    private GoodRequest(Target target, Map<String, HostileValue> replacements) {
        this.target = target;
        this.replacements = replacements;
    }

    /**
     * @param replacements by path, as in "Entries.1.MessageBody"
     */
    static Map<String, Object> of(String action, Target target, Map<String, HostileValue> replacements) {
        GoodRequest request = new GoodRequest(target, replacements);
        return request.structure(action, "", request.model.input(action));
    }

    /** Every place of an action's request where something else can stand. */
    static Map<String, SmithyModel.Member> slots(String action, Target target) {
        GoodRequest request = new GoodRequest(target, Map.of());
        request.structure(action, "", request.model.input(action));
        return request.slots;
    }

    private Map<String, Object> structure(String action, String path, SmithyModel.Shape shape) {
        Map<String, Object> members = new LinkedHashMap<>();
        model.members(shape).forEach((name, member) -> {
            String at = path + name;
            Object value = value(action, at, name, member);
            boolean leftOut = LEFT_OUT.contains(name) || (FIFO_ONLY.contains(name) && !target.fifo);
            if (value != null && (!leftOut || isReplaced(at))) {
                members.put(name, value);
            }
        });
        return members;
    }

    private boolean isReplaced(String path) {
        return replacements.keySet().stream().anyMatch(at -> at.equals(path) || at.startsWith(path + "."));
    }

    /** Null for nothing. */
    private @Nullable Object value(String action, String path, String name, SmithyModel.Member member) {
        slots.put(path, member);
        HostileValue replacement = replacements.get(path);
        if (replacement != null) {
            return replacement == HostileValue.MISSING ? null : replacement;
        }
        SmithyModel.Shape shape = member.target();
        return switch (shape.type()) {
            case "structure" -> structure(action, path + ".", shape);
            case "list" -> list(value(action, path + ".1", name, model.part(shape, "member")));
            case "map" -> map(key(name), value(action, path + "." + key(name), name, model.part(shape, "value")));
            case "integer", "long" -> name.equals("MaxResults") || name.startsWith("MaxNumberOfMessages") ? 1L : 0L;
            case "boolean" -> true;
            default -> text(action, name);
        };
    }

    private static List<Object> list(@Nullable Object element) {
        List<Object> list = new ArrayList<>();
        if (element != null) {
            list.add(element);
        }
        return list;
    }

    private static Map<String, Object> map(String key, @Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value != null) {
            map.put(key, value);
        }
        return map;
    }

    private static String key(String map) {
        return switch (map) {
            case "Attributes" -> "VisibilityTimeout";
            case "MessageSystemAttributes" -> "AWSTraceHeader";
            default -> "name";
        };
    }

    private String text(String action, String name) {
        return switch (name) {
            case "QueueUrl" -> action.equals("DeleteQueue") ? target.doomedUrl : target.queueUrl;
            case "QueueName" -> "made-by-an-attack" + (target.fifo ? ".fifo" : "");
            case "SourceArn", "DestinationArn" -> target.queueArn;
            case "ReceiptHandle" -> target.receiptHandle;
            case "QueueOwnerAWSAccountId", "AWSAccountIds" -> "000000000000";
            case "AttributeNames", "MessageSystemAttributeNames", "MessageAttributeNames" -> "All";
            case "Actions" -> "SendMessage";
            case "DataType" -> "String";
            case "Attributes" -> "30";
            default -> "a";
        };
    }
}
