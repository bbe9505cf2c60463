package dev.holdfast.dashboard.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.dashboard.history.History;
import dev.holdfast.dashboard.sqs.OperatorApi;
import dev.holdfast.dashboard.sqs.QueueClients;
import dev.holdfast.dashboard.sqs.QueueFigures;
import dev.holdfast.kit.http.Problem;
import dev.holdfast.proof.Ledger;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** {@code /api/queues/{name}/…}: send, look, poll, delete messages. */
@Path("/api/queues/{name}")
@Produces(MediaType.APPLICATION_JSON)
public class MessagesResource {
    private static final int LOOKED_AT = 100;

    private final Queues queues;
    private final AnswerCache answers;
    private final SqsClient sqs;
    private final OperatorApi operator;
    private final History history;
    private final AwsCli cli;

    MessagesResource(
            Queues queues,
            AnswerCache answers,
            QueueClients clients,
            OperatorApi operator,
            History history,
            AwsCli cli) {
        this.queues = queues;
        this.answers = answers;
        this.sqs = clients.asking();
        this.operator = operator;
        this.history = history;
        this.cli = cli;
    }

    /** A message to send; what is null is not sent along. */
    public record Sending(
            @Nullable String body,
            @Nullable Map<String, String> attributes,
            @Nullable String groupId,
            @Nullable String deduplicationId,
            @Nullable Integer delaySeconds) {}

    /** How to receive. */
    public record Poll(
            @Nullable Integer maxMessages,
            @Nullable Integer waitSeconds,
            @Nullable Integer visibilityTimeout) {}

    /** A received message to delete. */
    public record Deletion(
            @Nullable String messageId, @Nullable String receiptHandle) {}

    /** A received message, in the words of the looked-at ones. */
    record Received(
            String messageId,
            String receiptHandle,
            String body,
            Map<String, String> attributes,
            Map<String, String> system) {}

    @POST
    @Path("send")
    public QueuesResource.Done send(@PathParam("name") String name, @Nullable Sending message) {
        if (message == null || message.body() == null || message.body().isEmpty()) {
            throw Problem.of(400, "A message needs a body of at least one character.");
        }
        String url = queues.url(name);
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        if (message.attributes() != null) {
            message.attributes()
                    .forEach((key, value) -> attributes.put(
                            key,
                            MessageAttributeValue.builder()
                                    .dataType("String")
                                    .stringValue(value)
                                    .build()));
        }
        Optional<QueueFigures> before = name.endsWith(".fifo") ? figures(name) : Optional.empty();
        var sent = sqs.sendMessage(r -> r.queueUrl(url)
                .messageBody(message.body())
                .messageAttributes(attributes)
                .messageGroupId(message.groupId())
                .messageDeduplicationId(message.deduplicationId())
                .delaySeconds(message.delaySeconds()));
        boolean isRepeated = before.isPresent() && isRepeated(before.get(), figures(name));
        return new QueuesResource.Done(
                isRepeated
                        ? "Not sent again: it repeats " + sent.messageId()
                                + ", which this queue accepted in the last five minutes."
                        : "Sent as " + sent.messageId() + ".",
                cli.call("send-message", members(url, message)));
    }

    private static Map<String, Object> members(String url, Sending message) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("QueueUrl", url);
        members.put("MessageBody", message.body() == null ? "" : message.body());
        if (message.attributes() != null && !message.attributes().isEmpty()) {
            Map<String, Object> attributes = new TreeMap<>();
            message.attributes()
                    .forEach((name, value) -> attributes.put(name, Map.of("DataType", "String", "StringValue", value)));
            members.put("MessageAttributes", attributes);
        }
        if (message.groupId() != null) {
            members.put("MessageGroupId", message.groupId());
        }
        if (message.deduplicationId() != null) {
            members.put("MessageDeduplicationId", message.deduplicationId());
        }
        if (message.delaySeconds() != null) {
            members.put("DelaySeconds", message.delaySeconds());
        }
        return members;
    }

    /** What the queue's ledger says; empty where there is none. */
    private Optional<QueueFigures> figures(String name) {
        try {
            return operator.ledger(List.of(name)).flatMap(snapshot -> snapshot.queue(name));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** SQS answers a duplicate as it answered the first; the ledger tells, unless others send at the same moment. */
    private static boolean isRepeated(QueueFigures before, Optional<QueueFigures> after) {
        Ledger then = before.ledger();
        Ledger now = after.map(QueueFigures::ledger).orElse(null);
        if (then == null || now == null) {
            return false;
        }
        return now.sent() == then.sent();
    }

    /** Looks without receiving; 501 where the server does not offer it, and the page then polls. */
    @GET
    @Path("messages")
    public JsonNode look(
            @PathParam("name") String name,
            @QueryParam("state") @Nullable String state,
            @QueryParam("after") @Nullable String after) {
        String query = "?limit=" + LOOKED_AT
                + (state == null || state.isBlank() ? "" : "&state=" + OperatorApi.encode(state))
                + (after == null || after.isBlank() ? "" : "&after=" + OperatorApi.encode(after));
        String path = "queues/" + OperatorApi.encode(name) + "/messages" + query;
        return answers.ask(path, () -> operator(path));
    }

    @GET
    @Path("messages/{messageId}")
    public JsonNode inspect(@PathParam("name") String name, @PathParam("messageId") String messageId) {
        return operator("queues/" + OperatorApi.encode(name) + "/messages/" + OperatorApi.encode(messageId));
    }

    @GET
    @Path("ledger")
    public JsonNode ledger(@PathParam("name") String name) {
        return operator("queues/" + OperatorApi.encode(name) + "/ledger?audit=true");
    }

    @POST
    @Path("poll")
    public List<Received> poll(@PathParam("name") String name, @Nullable Poll how) {
        String url = queues.url(name);
        Poll given = how == null ? new Poll(null, null, null) : how;
        return sqs
                .receiveMessage(r -> r.queueUrl(url)
                        .maxNumberOfMessages(given.maxMessages())
                        .waitTimeSeconds(given.waitSeconds())
                        .visibilityTimeout(given.visibilityTimeout())
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .stream()
                .map(MessagesResource::received)
                .toList();
    }

    /** Also notes the deletion: the proof counts it as left by hand, not as lost. */
    @POST
    @Path("delete-message")
    public QueuesResource.Done delete(@PathParam("name") String name, @Nullable Deletion which) {
        if (which == null || which.receiptHandle() == null || which.messageId() == null) {
            throw Problem.of(400, "Only a received message can be deleted: poll for it first.");
        }
        String url = queues.url(name);
        sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(which.receiptHandle()));
        history.deletedByHand(name, which.messageId());
        return new QueuesResource.Done(
                "Deleted " + which.messageId() + ".",
                cli.call("delete-message", Map.of("QueueUrl", url, "ReceiptHandle", which.receiptHandle())));
    }

    private JsonNode operator(String path) {
        try {
            return operator.get(path)
                    .orElseThrow(() -> Problem.of(
                            501, "This server does not show that without receiving; messages can be polled instead."));
        } catch (IOException e) {
            throw Problem.of(502, "The queue does not answer. Is queue-service running?");
        }
    }

    private static Received received(Message m) {
        Map<String, String> attributes = new HashMap<>();
        m.messageAttributes()
                .forEach((key, value) -> attributes.put(
                        key, value.stringValue() == null ? "(" + value.dataType() + ")" : value.stringValue()));
        return new Received(m.messageId(), m.receiptHandle(), m.body(), attributes, m.attributesAsStrings());
    }
}
