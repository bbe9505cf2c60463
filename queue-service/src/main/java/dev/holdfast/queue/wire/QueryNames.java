package dev.holdfast.queue.wire;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where the Query protocol says it differently. Its lists and maps are flattened: their members are numbered, and carry a
 * name in the singular ("Attribute.1.Name"). Everything else is called as in JSON. A test compares this table with the
 * Smithy model.
 */
final class QueryNames {
    private static final Map<String, String> SINGULAR = Map.ofEntries(
            Map.entry("AWSAccountIds", "AWSAccountId"),
            Map.entry("Actions", "ActionName"),
            Map.entry("AttributeNames", "AttributeName"),
            Map.entry("Attributes", "Attribute"),
            Map.entry("BinaryListValues", "BinaryListValue"),
            Map.entry("Failed", "BatchResultErrorEntry"),
            Map.entry("MessageAttributeNames", "MessageAttributeName"),
            Map.entry("MessageAttributes", "MessageAttribute"),
            Map.entry("MessageSystemAttributeNames", "MessageSystemAttributeName"),
            Map.entry("MessageSystemAttributes", "MessageSystemAttribute"),
            Map.entry("Messages", "Message"),
            Map.entry("QueueUrls", "QueueUrl"),
            Map.entry("Results", "ListMessageMoveTasksResultEntry"),
            Map.entry("StringListValues", "StringListValue"),
            Map.entry("TagKeys", "TagKey"),
            Map.entry("Tags", "Tag"),
            Map.entry("queueUrls", "QueueUrl"),
            Map.entry("tags", "Tag"));

    private static final String TAG = "Tag";

    private QueryNames() {}

    /** The member's name in a request or a result of this action. */
    static String of(String action, String member) {
        return switch (member) {
            case "Entries" -> action + "RequestEntry";
            case "Successful" -> action + "ResultEntry";
            default -> SINGULAR.getOrDefault(member, member);
        };
    }

    /** Every name by which a form may call the member: one row, whether it is said in the singular or as in JSON. */
    static Set<String> spellings(String action, String member) {
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(of(action, member));
        spellings.add(member);
        spellings.add(member.substring(0, 1).toUpperCase(Locale.ROOT) + member.substring(1));
        return spellings;
    }

    /** The member's name where the answer to a form is written in JSON; recorded. */
    static String inJson(String member) {
        return switch (member) {
            case "Messages" -> "messages";
            case "QueueUrls" -> "queueUrls";
            default -> member;
        };
    }

    /** What a map calls the keys of its entries. */
    static String key(String queryName) {
        return queryName.equals(TAG) ? "Key" : "Name";
    }

    /** What every map calls the values of its entries. */
    static final String VALUE = "Value";
}
