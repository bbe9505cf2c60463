package dev.holdfast.queue.action;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.policy.Policy;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.store.sqlite.DiskSpace;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Performs a request: one exhaustive switch over the actions. Thread-safe; never blocks. */
@ApplicationScoped
public class SqsService {
    private final Engine engine;
    private final QueueActions queueActions;
    private final Sending sending;
    private final Receiving receiving;
    private final Deleting deleting;
    private final Visibility visibility;
    private final Redrive redrive;

    public SqsService(Engine engine) {
        this.engine = engine;
        this.queueActions = new QueueActions(engine);
        this.sending = new Sending(engine.groupCommit(), engine.messages());
        this.receiving = new Receiving(engine.groupCommit(), engine.messages());
        this.deleting = new Deleting(engine.groupCommit(), engine.messages());
        this.visibility = new Visibility(engine.groupCommit(), engine.messages());
        this.redrive = new Redrive(engine.groupCommit(), engine.queues(), engine.moveTasks());
    }

    /**
     * Does what is asked. The answer comes on the writer thread once it is on disk, or at once where nothing is written;
     * a refusal is an {@link SqsException}.
     */
    public CompletionStage<? extends Result> perform(Request request, Call call) {
        try {
            return switch (request) {
                case Request.SendMessage r -> sending.send(r, queueWithRoom(r, call), call);
                case Request.SendMessageBatch r -> sending.sendBatch(r, queueWithRoom(r, call), call);
                case Request.ReceiveMessage r -> receiving.receive(r, queue(r, call), call);
                case Request.DeleteMessage r -> deleting.delete(r, queue(r, call));
                case Request.DeleteMessageBatch r -> deleting.deleteBatch(r, queue(r, call));
                case Request.ChangeMessageVisibility r -> visibility.change(r, queue(r, call));
                case Request.ChangeMessageVisibilityBatch r -> visibility.changeBatch(r, queue(r, call));
                case Request.CreateQueue r -> queueActions.create(r, call);
                case Request.GetQueueUrl r ->
                    now(queueActions.url(allowed(r, queueActions.named(r, call), call), call));
                case Request.ListQueues r -> now(queueActions.list(r, call));
                case Request.DeleteQueue r -> queueActions.delete(queue(r, call));
                case Request.PurgeQueue r -> queueActions.purge(queue(r, call));
                case Request.GetQueueAttributes r -> queueActions.attributes(r, queue(r, call));
                case Request.SetQueueAttributes r -> queueActions.setAttributes(r, queue(r, call));
                case Request.TagQueue r -> queueActions.tag(r, queue(r, call));
                case Request.UntagQueue r -> queueActions.untag(r, queue(r, call));
                case Request.ListQueueTags r ->
                    now(new Result.OfListQueueTags(queue(r, call).tags()));
                case Request.ListDeadLetterSourceQueues r -> now(queueActions.listSources(r, queue(r, call), call));
                case Request.StartMessageMoveTask r ->
                    redrive.start(r, allowed(r, redrive.source(r.sourceArn()), call));
                case Request.CancelMessageMoveTask r ->
                    redrive.cancel(r, allowed(r, redrive.sourceOfTask(r.taskHandle()), call));
                case Request.ListMessageMoveTasks r -> redrive.list(r, allowed(r, redrive.source(r.sourceArn()), call));
                case Request.AddPermission r -> queueActions.addPermission(r, queue(r, call));
                case Request.RemovePermission r -> queueActions.removePermission(r, queue(r, call));
            };
        } catch (SqsException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    /** An answer that could not be handed over: its messages become visible again at once. */
    public void undelivered(Result.OfReceiveMessage answer) {
        if (!answer.messages().isEmpty()) {
            receiving.release(answer);
        }
    }

    private Queue queue(Request.OfQueue request, Call call) {
        return allowed(request, engine.queues().resolve(request.queueUrl(), call.account()), call);
    }

    /** For what brings something: while the disk has little room, only taking out goes on. */
    private Queue queueWithRoom(Request.OfQueue request, Call call) {
        Queue queue = queue(request, call);
        DiskSpace diskSpace = engine.database().diskSpace();
        if (diskSpace.isShort()) {
            DiskSpace.View view = diskSpace.view();
            throw SqsError.SERVICE_UNAVAILABLE.because(
                    "The disk of the server is nearly full: " + (view.freeBytes() >> 20)
                            + " MiB are free, and " + (view.reserveBytes() >> 20)
                            + " MiB are kept. Messages can be received and deleted, and sent again once there is space.");
        }
        return queue;
    }

    /** The owner may do everything unless the queue's policy denies it; anybody else only what the policy allows. */
    private Queue allowed(Request request, Queue queue, Call call) {
        Optional<Policy> policy = queue.attributes().policy();
        boolean allowed = policy.isEmpty()
                ? call.account().equals(queue.account())
                : policy.get()
                        .allows(new Policy.Question(
                                call.account(),
                                queue.account(),
                                request.action(),
                                queue.arn(engine.queues().settings().region()).toString(),
                                call.transport()));
        if (!allowed) {
            throw SqsError.ACCESS_DENIED.because("Access to the resource " + queue.name() + " is denied: "
                    + policy.flatMap(Policy::unknown)
                            .map(why -> "its policy cannot be evaluated, and its owner must set another. " + why)
                            .orElse("its owner must allow " + call.account() + " the action sqs:" + request.action()
                                    + "."));
        }
        return queue;
    }

    private static <R extends Result> CompletionStage<R> now(R result) {
        return CompletableFuture.completedFuture(result);
    }
}
