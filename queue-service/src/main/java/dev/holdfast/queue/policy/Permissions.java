package dev.holdfast.queue.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** AddPermission and RemovePermission: they write a queue's policy, a labelled statement at a time. Pure functions. */
public final class Permissions {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1," + Limits.MAX_PERMISSION_LABEL_LENGTH + "}");

    /** What one account may grant another; a batch is granted by its single action. */
    static final Set<String> GRANTABLE = Set.of(
            "*",
            "ChangeMessageVisibility",
            "DeleteMessage",
            "GetQueueAttributes",
            "GetQueueUrl",
            "ListDeadLetterSourceQueues",
            "PurgeQueue",
            "ReceiveMessage",
            "SendMessage");

    private Permissions() {}

    /**
     * The policy with one more statement that allows these accounts these actions.
     *
     * @param policy the present document, null where there is none
     * @throws SqsException InvalidParameterValue for a label in use or malformed, an account or an action that is none;
     *     OverLimit for more than seven actions
     */
    public static String with(
            @Nullable String policy, String queueArn, String label, List<String> accounts, List<String> actions) {
        requireLabel(label);
        requireSome(accounts, "AWSAccountId");
        requireSome(actions, "ActionName");
        accounts.forEach(Statement::requireAccount);
        actions.forEach(Permissions::requireGrantable);
        if (actions.size() > Limits.MAX_PERMISSION_ACTIONS) {
            throw SqsError.OVER_LIMIT.because(
                    actions.size() + " Actions were found, maximum allowed is " + Limits.MAX_PERMISSION_ACTIONS + ".");
        }
        ObjectNode root = policy == null ? newPolicy(queueArn) : (ObjectNode) PolicyDocument.read(policy);
        ArrayNode statements = listOf(root);
        if (indexOf(statements, label) >= 0) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "Value " + label + " for parameter Label is invalid. Reason: Already exists.");
        }
        ObjectNode statement = statements.addObject();
        statement.put("Sid", label);
        statement.put("Effect", "Allow");
        put(
                statement.putObject("Principal"),
                "AWS",
                accounts.stream().map(Statement::rootArn).toList());
        put(statement, "Action", actions.stream().map(action -> "SQS:" + action).toList());
        statement.put("Resource", queueArn);
        return root.toString();
    }

    /**
     * The policy without the labelled statement; null when it was the last one.
     *
     * @throws SqsException InvalidParameterValue for a label that the policy does not have
     */
    public static @Nullable String without(@Nullable String policy, String label) {
        ObjectNode root =
                policy == null ? PolicyDocument.JSON.createObjectNode() : (ObjectNode) PolicyDocument.read(policy);
        ArrayNode statements = listOf(root);
        int index = indexOf(statements, label);
        if (index < 0) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "Value " + label + " for parameter Label is invalid. Reason: can't find label"
                            + (policy == null ? "." : " on existing policy."));
        }
        statements.remove(index);
        return statements.isEmpty() ? null : root.toString();
    }

    private static void requireLabel(String label) {
        if (label.length() > Limits.MAX_PERMISSION_LABEL_LENGTH
                || !LABEL.matcher(label).matches()) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "Value " + label
                            + " for parameter Label is invalid. Reason: Must be 1 to 80 letters, digits, hyphens and underscores.");
        }
    }

    private static void requireSome(List<String> given, String parameter) {
        if (given.isEmpty()) {
            throw SqsError.MISSING_PARAMETER.because("The request must contain the parameter " + parameter + ".");
        }
    }

    private static void requireGrantable(String action) {
        if (Policy.OWNER_ONLY.contains(action)) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Value SQS:" + action
                    + " for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this"
                    + " action.");
        }
        if (!GRANTABLE.contains(action)) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Value SQS:" + action
                    + " for parameter ActionName is invalid. Reason: Please refer to the appropriate WSDL for a list of"
                    + " valid actions.");
        }
    }

    private static ObjectNode newPolicy(String queueArn) {
        return PolicyDocument.JSON
                .createObjectNode()
                .put("Version", "2008-10-17")
                .put("Id", queueArn + "/SQSDefaultPolicy");
    }

    /** The statements as a list in the document; a single one may stand there without a list around it. */
    private static ArrayNode listOf(ObjectNode root) {
        JsonNode given = root.path("Statement");
        if (given instanceof ArrayNode list) {
            return list;
        }
        ArrayNode list = root.putArray("Statement");
        if (given.isObject()) {
            list.add(given);
        }
        return list;
    }

    private static int indexOf(ArrayNode statements, String label) {
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i).path("Sid").asText().equals(label)) {
                return i;
            }
        }
        return -1;
    }

    private static void put(ObjectNode object, String name, List<String> texts) {
        if (texts.size() == 1) {
            object.put(name, texts.get(0));
        } else {
            ArrayNode list = object.putArray(name);
            texts.forEach(list::add);
        }
    }
}
