package dev.holdfast.queue.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.queue.api.SqsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A queue's access policy, parsed and ready to decide. What it cannot evaluate it refuses to parse: a policy that was
 * accepted is obeyed in full.
 *
 * <p>Callers here are accounts. A statement for an AWS service, for a user or for a role is valid and applies to nobody.
 */
public final class Policy {
    /** Never granted to other accounts, whatever a policy says (Developer Guide, "Amazon SQS API permissions"). */
    static final Set<String> OWNER_ONLY = Set.of(
            "AddPermission",
            "CancelMessageMoveTask",
            "CreateQueue",
            "DeleteQueue",
            "ListMessageMoveTasks",
            "ListQueues",
            "ListQueueTags",
            "RemovePermission",
            "SetQueueAttributes",
            "StartMessageMoveTask",
            "TagQueue",
            "UntagQueue");

    /** A Deny binds the owner too, but never takes away the means to mend the policy. */
    private static final Set<String> MENDING = Set.of("SetQueueAttributes", "RemovePermission");

    private static final String BATCH = "Batch";
    private static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");
    private static final Set<String> VERSIONS = Set.of("2008-10-17", "2012-10-17");

    private final List<Statement> statements;

    private Policy(List<Statement> statements) {
        this.statements = List.copyOf(statements);
    }

    /**
     * A request to judge.
     *
     * @param account the caller's, or "anonymous"
     * @param owner the account of the queue
     * @param action as in "SendMessage"; a batch is judged as its single action
     * @param secure whether it came over TLS (aws:SecureTransport)
     */
    public record Question(String account, String owner, String action, String queueArn, boolean secure) {
        boolean byOwner() {
            return account.equals(owner);
        }

        String singleAction() {
            return action.endsWith(BATCH) ? action.substring(0, action.length() - BATCH.length()) : action;
        }

        /** The condition keys that a request to this server has; all others are absent. */
        Map<String, String> conditionKeys() {
            return Map.of(
                    "aws:principalaccount", account,
                    "aws:principalarn", Statement.rootArn(account),
                    "aws:securetransport", Boolean.toString(secure));
        }
    }

    /** @throws SqsException InvalidAttributeValue naming the element that is wrong or that is not supported */
    public static Policy parse(String document) {
        JsonNode root = PolicyDocument.read(document);
        PolicyDocument.requireKnown(root, ELEMENTS);
        JsonNode version = root.path("Version");
        if (!version.isMissingNode() && !VERSIONS.contains(version.asText())) {
            throw PolicyDocument.invalid("Version must be 2008-10-17 or 2012-10-17.");
        }
        List<Statement> statements = new ArrayList<>();
        for (JsonNode statement : PolicyDocument.statements(root)) {
            statements.add(Statement.parse(statement));
        }
        return new Policy(statements);
    }

    /** The rules of a queue without a policy: all to its owner, nothing to others. */
    public static Policy none() {
        return new Policy(List.of());
    }

    /** One Deny ends it; the owner needs no Allow; everybody else needs one. The order of statements means nothing. */
    public boolean allows(Question question) {
        boolean allowed = question.byOwner();
        for (Statement statement : statements) {
            if (statement.appliesTo(question)) {
                if (statement.denies() && !(question.byOwner() && MENDING.contains(question.action()))) {
                    return false;
                }
                allowed |= !statement.denies() && !OWNER_ONLY.contains(question.action());
            }
        }
        return allowed;
    }
}
