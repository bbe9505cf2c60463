package dev.holdfast.queue.action;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.commit.GroupCommit;
import dev.holdfast.queue.commit.Operation;
import dev.holdfast.queue.engine.MessageEngine;
import dev.holdfast.queue.engine.QueueMessages;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.store.MessageKey;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** ChangeMessageVisibility and its batch: the new timeout counts from the call and only for this receive. */
public final class Visibility {
    private final GroupCommit groupCommit;
    private final MessageEngine messages;

    public Visibility(GroupCommit groupCommit, MessageEngine messages) {
        this.groupCommit = groupCommit;
        this.messages = messages;
    }

    /** A change that has passed the checks that need no look at the message. */
    private record Change(String id, String text, ReceiptHandle handle, Duration timeout) {}

    public CompletionStage<Result.Nothing> change(Request.ChangeMessageVisibility request, Queue queue) {
        Change change = parse("", request.receiptHandle(), request.visibilityTimeout(), queue);
        return Operation.submit(groupCommit, tx -> {
            apply(tx, messages.messagesOf(queue.number()), change);
            return Result.Nothing.INSTANCE;
        });
    }

    public CompletionStage<Result.OfBatch> changeBatch(Request.ChangeMessageVisibilityBatch request, Queue queue) {
        Batch.check("ChangeMessageVisibilityBatchRequestEntry", request.entries());
        List<Change> changes = new ArrayList<>();
        List<Result.BatchError> refused = new ArrayList<>();
        for (Request.ChangeMessageVisibilityBatch.Entry entry : request.entries()) {
            Batch.attempt(
                    entry.id(),
                    refused,
                    () -> changes.add(parse(entry.id(), entry.receiptHandle(), entry.visibilityTimeout(), queue)));
        }
        return Operation.submit(groupCommit, tx -> {
            QueueMessages target = messages.messagesOf(queue.number());
            List<Result.OfBatch.Id> successful = new ArrayList<>();
            List<Result.BatchError> failed = new ArrayList<>(refused);
            for (Change change : changes) {
                try {
                    apply(tx, target, change);
                    successful.add(new Result.OfBatch.Id(change.id));
                } catch (SqsException refusal) {
                    failed.add(Batch.error(change.id, refusal));
                }
            }
            return new Result.OfBatch(successful, failed);
        });
    }

    private Change parse(String id, String text, @Nullable Integer seconds, Queue queue) {
        ReceiptHandle handle = ReceiptHandle.decode(text, messages.receiptHash());
        if (MessageKey.queueNumber(handle.key()) != queue.number()) {
            throw ReceiptHandle.invalid(text);
        }
        if (seconds == null) {
            throw SqsError.MISSING_PARAMETER.because("The request must contain the parameter VisibilityTimeout.");
        }
        if (seconds < 0 || seconds > Limits.MAX_VISIBILITY_SECONDS) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Value " + seconds
                    + " for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and "
                    + Limits.MAX_VISIBILITY_SECONDS + ".");
        }
        return new Change(id, text, handle, Duration.ofSeconds(seconds));
    }

    private static void apply(Tx tx, QueueMessages target, Change change) throws SQLException {
        Delivery delivery = target.find(tx, change.handle.key());
        if (delivery == null) {
            throw invalid(change, "Message does not exist or is not available for visibility timeout change.");
        }
        if (!delivery.isInFlight()) {
            if (!target.queue().isFifo()) {
                return; // Recorded: it succeeds, and the message stays visible.
            }
            throw SqsError.MESSAGE_NOT_INFLIGHT.because(
                    "The message is not in flight: its visibility timeout has run out, and it may be received again.");
        }
        change.handle.requireCurrent(change.text, target.queue(), delivery, !change.id.isEmpty());
        long latest = delivery.receivedAtMillis()
                + Duration.ofSeconds(Limits.MAX_VISIBILITY_SECONDS).toMillis();
        if (tx.nowMillis() + change.timeout.toMillis() > latest) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Value " + change.timeout.toSeconds()
                    + " for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond"
                    + " the limit [" + Limits.MAX_VISIBILITY_SECONDS + " seconds]");
        }
        target.changeVisibility(tx, delivery, change.timeout);
    }

    private static SqsException invalid(Change change, String reason) {
        return SqsError.INVALID_PARAMETER_VALUE.because(
                "Value " + change.text + " for parameter ReceiptHandle is invalid. Reason: " + reason);
    }
}
