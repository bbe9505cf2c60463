package dev.holdfast.queue.action;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * DeleteMessage and DeleteMessageBatch. On a standard queue an older handle deletes too: whoever shows it has processed
 * the message; on a FIFO queue it would break the order and is refused. Deleting what is gone succeeds.
 */
public final class Deleting {
    private final GroupCommit groupCommit;
    private final MessageEngine messages;

    public Deleting(GroupCommit groupCommit, MessageEngine messages) {
        this.groupCommit = groupCommit;
        this.messages = messages;
    }

    /** A message to delete, under the id of its entry. */
    private record Target(String id, String text, ReceiptHandle handle) {}

    public CompletionStage<Result.Nothing> delete(Request.DeleteMessage request, Queue queue) {
        Target target = target("", request.receiptHandle(), queue);
        return Operation.submit(groupCommit, tx -> {
            delete(tx, messages.messagesOf(queue.number()), target);
            tx.afterCommit(() -> messages.traffic().of(queue.number()).deleted(1));
            return Result.Nothing.INSTANCE;
        });
    }

    public CompletionStage<Result.OfBatch> deleteBatch(Request.DeleteMessageBatch request, Queue queue) {
        Batch.check("DeleteMessageBatchRequestEntry", request.entries());
        List<Target> targets = new ArrayList<>();
        List<Result.BatchError> refused = new ArrayList<>();
        for (Request.DeleteMessageBatch.Entry entry : request.entries()) {
            Batch.attempt(entry.id(), refused, () -> targets.add(target(entry.id(), entry.receiptHandle(), queue)));
        }
        return Operation.submit(groupCommit, tx -> {
            QueueMessages from = messages.messagesOf(queue.number());
            List<Result.OfBatch.Id> successful = new ArrayList<>();
            List<Result.BatchError> failed = new ArrayList<>(refused);
            for (Target target : targets) {
                try {
                    delete(tx, from, target);
                    successful.add(new Result.OfBatch.Id(target.id));
                } catch (SqsException refusal) {
                    failed.add(Batch.error(target.id, refusal));
                }
            }
            tx.afterCommit(() -> messages.traffic().of(queue.number()).deleted(successful.size()));
            return new Result.OfBatch(successful, failed);
        });
    }

    private Target target(String id, String text, Queue queue) {
        ReceiptHandle handle = ReceiptHandle.decode(text, messages.receiptHash());
        if (MessageKey.queueNumber(handle.key()) != queue.number()) {
            throw ReceiptHandle.invalid(text);
        }
        return new Target(id, text, handle);
    }

    private static void delete(Tx tx, QueueMessages from, Target target) throws SQLException {
        Delivery delivery = from.find(tx, target.handle.key());
        if (delivery != null) {
            target.handle.requireCurrent(target.text, from.queue(), delivery, !target.id.isEmpty());
            from.delete(tx, delivery);
        }
    }
}
