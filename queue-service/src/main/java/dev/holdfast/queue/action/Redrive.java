package dev.holdfast.queue.action;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.commit.GroupCommit;
import dev.holdfast.queue.commit.Operation;
import dev.holdfast.queue.engine.MoveTask;
import dev.holdfast.queue.engine.MoveTasks;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.queues.QueueArn;
import dev.holdfast.queue.queues.Queues;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** StartMessageMoveTask, CancelMessageMoveTask and ListMessageMoveTasks. */
public final class Redrive {
    private final GroupCommit groupCommit;
    private final Queues queues;
    private final MoveTasks tasks;

    public Redrive(GroupCommit groupCommit, Queues queues, MoveTasks tasks) {
        this.groupCommit = groupCommit;
        this.queues = queues;
        this.tasks = tasks;
    }

    /**
     * The queue that a SourceArn names.
     *
     * @throws dev.holdfast.queue.api.SqsException InvalidParameterValue, ResourceNotFoundException
     */
    public Queue source(String arn) {
        return find("SourceArn", arn);
    }

    /** The queue whose messages a task moves. */
    public Queue sourceOfTask(String taskHandle) {
        return TaskHandle.decode(taskHandle).source().flatMap(queues::find).orElseThrow(() -> notFound("SourceArn"));
    }

    private Queue find(String parameter, String text) {
        QueueArn arn = QueueArn.parse(text)
                .orElseThrow(() -> SqsError.INVALID_PARAMETER_VALUE.because("You must use this format to specify the "
                        + parameter + ": arn:<partition>:<service>:<region>:<account-id>:<resource-id>"));
        return queues.find(arn).orElseThrow(() -> notFound(parameter));
    }

    private static SqsException notFound(String parameter) {
        return SqsError.RESOURCE_NOT_FOUND.because(
                "The resource that you specified for the " + parameter + " parameter doesn't exist.");
    }

    public CompletionStage<Result.OfStartMessageMoveTask> start(Request.StartMessageMoveTask request, Queue source) {
        Integer rate = request.maxNumberOfMessagesPerSecond();
        if (rate != null && (rate < 1 || rate > Limits.MAX_MOVED_PER_SECOND)) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Value " + rate
                    + " for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a value between 1 and "
                    + Limits.MAX_MOVED_PER_SECOND + ".");
        }
        if (queues.sourcesOf(source).isEmpty()) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Source queue must be configured as a Dead Letter Queue.");
        }
        QueueArn destination = destination(request.destinationArn(), source);
        return Operation.submit(
                groupCommit,
                tx -> new Result.OfStartMessageMoveTask(handle(tasks.start(tx, source, destination, rate))));
    }

    private @Nullable QueueArn destination(@Nullable String text, Queue source) {
        if (text == null) {
            return null;
        }
        Queue destination = find("DestinationArn", text);
        if (destination.number() == source.number()) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "Source queue arn and destination queue arn cannot be the same.");
        }
        if (destination.isFifo() != source.isFifo() || !destination.account().equals(source.account())) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "The destination queue must be of the same type as the source queue and owned by the same account.");
        }
        return destination.arn(queues.settings().region());
    }

    private static String handle(MoveTask task) {
        return TaskHandle.of(task.order().id(), task.order().source()).encode();
    }

    public CompletionStage<Result.OfCancelMessageMoveTask> cancel(Request.CancelMessageMoveTask request, Queue source) {
        UUID task = TaskHandle.decode(request.taskHandle()).id().orElseThrow(MoveTasks::doesNotExist);
        return Operation.submit(
                groupCommit,
                tx -> new Result.OfCancelMessageMoveTask(
                        tasks.cancel(tx, source, task).progress().moved()));
    }

    public CompletionStage<Result.OfListMessageMoveTasks> list(Request.ListMessageMoveTasks request, Queue source) {
        int limit = request.maxResults() == null ? 1 : request.maxResults();
        if (limit < 1 || limit > Limits.MAX_MOVE_TASK_RESULTS) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Value " + limit
                    + " for parameter MaxResults is invalid. Reason: You must enter a value between 1 and "
                    + Limits.MAX_MOVE_TASK_RESULTS + ".");
        }
        return Operation.submit(groupCommit, tx -> {
            List<Result.OfListMessageMoveTasks.Entry> entries = new ArrayList<>();
            for (MoveTask task : tasks.list(tx, source, limit)) {
                entries.add(entry(task));
            }
            return new Result.OfListMessageMoveTasks(entries);
        });
    }

    private static Result.OfListMessageMoveTasks.Entry entry(MoveTask task) {
        MoveTask.Order order = task.order();
        return new Result.OfListMessageMoveTasks.Entry(
                task instanceof MoveTask.Running ? handle(task) : null,
                task.status(),
                order.source().toString(),
                order.destination() == null ? null : order.destination().toString(),
                order.messagesPerSecond(),
                task.progress().moved(),
                order.toMove(),
                task instanceof MoveTask.Failed failed ? failed.reason() : null,
                order.startedAtMillis());
    }
}
