package dev.holdfast.dashboard.console;

import dev.holdfast.dashboard.sqs.QueueClients;
import dev.holdfast.kit.http.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** {@code /api/queues/{name}/redrive}: moves dead letters back, shows how far, cancels. */
@Path("/api/queues/{name}/redrive")
@Produces(MediaType.APPLICATION_JSON)
public class RedriveResource {
    private static final int TASKS_SHOWN = 10;

    private final Queues queues;
    private final AnswerCache answers;
    private final SqsClient sqs;
    private final AwsCli cli;

    RedriveResource(Queues queues, AnswerCache answers, QueueClients clients, AwsCli cli) {
        this.queues = queues;
        this.answers = answers;
        this.sqs = clients.asking();
        this.cli = cli;
    }

    /** @param maxPerSecond 1 to 500; null leaves it to the server */
    public record Start(@Nullable Integer maxPerSecond) {}

    /** The task to cancel. */
    public record Cancel(@Nullable String taskHandle) {}

    /** One move task; handle is null once it has ended. */
    record Task(
            @Nullable String handle,
            String status,
            long moved,
            @Nullable Long toMove,
            @Nullable String failure,
            @Nullable Instant startedAt) {}

    @GET
    public List<Task> tasks(@PathParam("name") String name) {
        return answers.ask("move tasks " + name, () -> readTasks(name));
    }

    private List<Task> readTasks(String name) {
        String arn = arn(name);
        return sqs.listMessageMoveTasks(r -> r.sourceArn(arn).maxResults(TASKS_SHOWN)).results().stream()
                .map(t -> new Task(
                        t.taskHandle(),
                        t.status(),
                        t.approximateNumberOfMessagesMoved() == null ? 0 : t.approximateNumberOfMessagesMoved(),
                        t.approximateNumberOfMessagesToMove(),
                        t.failureReason(),
                        t.startedTimestamp() == null ? null : Instant.ofEpochMilli(t.startedTimestamp())))
                .toList();
    }

    @POST
    public QueuesResource.Done start(@PathParam("name") String name, @Nullable Start how) {
        String arn = arn(name);
        Integer rate = how == null ? null : how.maxPerSecond();
        sqs.startMessageMoveTask(r -> r.sourceArn(arn).maxNumberOfMessagesPerSecond(rate));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("SourceArn", arn);
        if (rate != null) {
            members.put("MaxNumberOfMessagesPerSecond", rate);
        }
        return new QueuesResource.Done("Redrive started.", cli.call("start-message-move-task", members));
    }

    @POST
    @Path("cancel")
    public QueuesResource.Done cancel(@PathParam("name") String name, @Nullable Cancel which) {
        if (which == null || which.taskHandle() == null) {
            throw Problem.of(400, "Name the running task to cancel by its taskHandle.");
        }
        sqs.cancelMessageMoveTask(r -> r.taskHandle(which.taskHandle()));
        return new QueuesResource.Done(
                "Redrive of " + name + " cancelled.",
                cli.call("cancel-message-move-task", Map.of("TaskHandle", which.taskHandle())));
    }

    private String arn(String name) {
        String url = queues.url(name);
        String arn = sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        if (arn == null) {
            throw Problem.of(502, "The server tells no ARN of " + name + ".");
        }
        return arn;
    }
}
