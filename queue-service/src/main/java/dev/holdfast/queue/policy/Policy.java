package dev.holdfast.queue.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.api.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** All that a policy can be about. */
    static final Set<String> ACTIONS = Stream.of(
                    OWNER_ONLY,
                    Permissions.GRANTABLE,
                    Set.of("SendMessageBatch", "DeleteMessageBatch", "ChangeMessageVisibilityBatch"))
            .flatMap(Set::stream)
            .filter(action -> !action.equals("*"))
            .collect(Collectors.toUnmodifiableSet());

    private final List<Statement> statements;

    /** What of a stored policy cannot be evaluated; null where all can. */
    private final @Nullable String unknown;

    private Policy(List<Statement> statements, @Nullable String unknown) {
        this.statements = List.copyOf(statements);
        this.unknown = unknown;
    }

    /**
     * A request to judge.
     *
     * @param account the caller's, or "anonymous"
     * @param owner the account of the queue
     * @param action as in "SendMessage"; a batch is judged as its single action
     */
    public record Question(String account, String owner, String action, String queueArn, Transport transport) {
        boolean byOwner() {
            return account.equals(owner);
        }

        boolean isAnonymous() {
            return account.equals(Call.ANONYMOUS);
        }

        String singleAction() {
            return action.endsWith(BATCH) ? action.substring(0, action.length() - BATCH.length()) : action;
        }
    }

    /** @throws SqsException InvalidAttributeValue naming the element that is wrong or that is not supported */
    public static Policy parse(String document) {
        JsonNode root = PolicyDocument.read(document);
        PolicyDocument.requireKnown(root, ELEMENTS);
        PolicyVersion version = PolicyVersion.of(root.path("Version"));
        List<Statement> statements = new ArrayList<>();
        for (JsonNode statement : PolicyDocument.statements(root)) {
            statements.add(Statement.parse(statement, version));
        }
        return new Policy(statements, null);
    }

    /** A policy that was accepted once, maybe by a server that knew more or was less strict: what it cannot evaluate denies. */
    public static Policy stored(String document) {
        try {
            return parse(document);
        } catch (SqsException unknown) {
            return new Policy(List.of(), unknown.sentence());
        }
    }

    /** The rules of a queue without a policy: all to its owner, nothing to others. */
    public static Policy none() {
        return new Policy(List.of(), null);
    }

    /** Why nothing is allowed by a stored policy: what it holds that cannot be evaluated. */
    public Optional<String> unknown() {
        return Optional.ofNullable(unknown);
    }

    /** One Deny ends it; the owner needs no Allow; everybody else needs one. The order of statements means nothing. */
    public boolean allows(Question question) {
        if (unknown != null) {
            return question.byOwner() && MENDING.contains(question.action());
        }
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
