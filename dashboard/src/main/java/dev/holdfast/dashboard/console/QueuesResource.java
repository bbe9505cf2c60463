package dev.holdfast.dashboard.console;

import dev.holdfast.dashboard.page.Links;
import dev.holdfast.dashboard.sqs.QueueClients;
import dev.holdfast.kit.http.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** {@code /api/queues}: create, list, look at, edit, purge and delete queues. */
@Path("/api/queues")
@Produces(MediaType.APPLICATION_JSON)
public class QueuesResource {
    private final Queues queues;
    private final AnswerCache answers;
    private final SqsClient sqs;
    private final AwsCli cli;

    QueuesResource(Queues queues, AnswerCache answers, QueueClients clients, AwsCli cli) {
        this.queues = queues;
        this.answers = answers;
        this.sqs = clients.asking();
        this.cli = cli;
    }

    /** @param call the same as a command to type */
    public record Done(String message, String call) {}

    /** @param attributes in SQS's names; empty ones are left out */
    public record NewQueue(
            @Nullable String name,
            @Nullable Map<String, String> attributes,
            @Nullable Map<String, String> tags) {}

    /** @param attributes as SQS gives them */
    record Details(
            String name,
            String url,
            Map<String, String> attributes,
            Map<String, String> tags,
            List<String> deadLetterSources) {}

    /** @param confirm the queue's name, typed by a person */
    public record Confirmation(@Nullable String confirm) {}

    @GET
    public Queues.Listing list(@Context UriInfo uri) {
        return queues.list(QueueQuery.of(Links.query(uri)));
    }

    @POST
    public Done create(@Nullable NewQueue wanted) {
        if (wanted == null || wanted.name() == null || wanted.name().isBlank()) {
            throw Problem.of(400, "A queue needs a name.");
        }
        Map<String, String> attributes = given(wanted.attributes());
        Map<String, String> tags = given(wanted.tags());
        boolean existed = queues.exists(wanted.name());
        sqs.createQueue(r ->
                r.queueName(wanted.name()).attributesWithStrings(attributes).tags(tags));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("QueueName", wanted.name());
        putUnlessEmpty(members, "Attributes", attributes);
        putUnlessEmpty(members, "Tags", tags);
        return new Done(
                existed
                        ? wanted.name() + " exists already, with these attributes; nothing was changed."
                        : "Created " + wanted.name() + ".",
                cli.call("create-queue", members));
    }

    @GET
    @Path("{name}")
    public Details details(@PathParam("name") String name) {
        return answers.ask("details " + name, () -> readDetails(name));
    }

    private Details readDetails(String name) {
        String url = queues.url(name);
        Map<String, String> attributes =
                new TreeMap<>(sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                        .attributesAsStrings());
        List<String> sources = new ArrayList<>();
        for (String source :
                sqs.listDeadLetterSourceQueues(r -> r.queueUrl(url)).queueUrls()) {
            sources.add(source.substring(source.lastIndexOf('/') + 1));
        }
        return new Details(
                name, url, attributes, sqs.listQueueTags(r -> r.queueUrl(url)).tags(), sources);
    }

    @PUT
    @Path("{name}/attributes")
    public Done edit(@PathParam("name") String name, @Nullable Map<String, String> attributes) {
        Map<String, String> wanted = attributes == null ? Map.of() : attributes;
        String url = queues.url(name);
        sqs.setQueueAttributes(r -> r.queueUrl(url).attributesWithStrings(wanted));
        return new Done(
                "Changed " + name + ".",
                cli.call("set-queue-attributes", members("QueueUrl", url, "Attributes", new TreeMap<>(wanted))));
    }

    /** Replaces all tags by those given. */
    @PUT
    @Path("{name}/tags")
    public Done tag(@PathParam("name") String name, @Nullable Map<String, String> tags) {
        Map<String, String> wanted = given(tags);
        String url = queues.url(name);
        List<String> gone = sqs.listQueueTags(r -> r.queueUrl(url)).tags().keySet().stream()
                .filter(key -> !wanted.containsKey(key))
                .toList();
        List<String> calls = new ArrayList<>();
        if (!gone.isEmpty()) {
            calls.add(cli.call("untag-queue", members("QueueUrl", url, "TagKeys", gone)));
            sqs.untagQueue(r -> r.queueUrl(url).tagKeys(gone));
        }
        if (!wanted.isEmpty()) {
            calls.add(cli.call("tag-queue", members("QueueUrl", url, "Tags", new TreeMap<>(wanted))));
            sqs.tagQueue(r -> r.queueUrl(url).tags(wanted));
        }
        return new Done("Tagged " + name + ".", String.join(" && ", calls));
    }

    @POST
    @Path("{name}/purge")
    public Done purge(@PathParam("name") String name, @Nullable Confirmation typed) {
        requireTyped(name, typed);
        String url = queues.url(name);
        sqs.purgeQueue(r -> r.queueUrl(url));
        return new Done("Purged " + name + ".", cli.call("purge-queue", Map.of("QueueUrl", url)));
    }

    @DELETE
    @Path("{name}")
    public Done delete(@PathParam("name") String name, @Nullable Confirmation typed) {
        requireTyped(name, typed);
        String url = queues.url(name);
        sqs.deleteQueue(r -> r.queueUrl(url));
        return new Done("Deleted " + name + ".", cli.call("delete-queue", Map.of("QueueUrl", url)));
    }

    /** On the server too, because a click in the wrong window must not be enough. */
    private static void requireTyped(String name, @Nullable Confirmation typed) {
        if (typed == null || !name.equals(typed.confirm())) {
            throw Problem.of(400, "Type the queue's name, " + name + ", to confirm.");
        }
    }

    /** In this order, as a person would type them. */
    private static Map<String, Object> members(String first, Object value, String second, Object other) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(first, value);
        members.put(second, other);
        return members;
    }

    private static void putUnlessEmpty(Map<String, Object> members, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            members.put(name, new TreeMap<>(values));
        }
    }

    private static Map<String, String> given(@Nullable Map<String, String> values) {
        Map<String, String> given = new HashMap<>();
        if (values != null) {
            values.forEach((key, value) -> {
                if (value != null && !value.isBlank()) {
                    given.put(key, value.strip());
                }
            });
        }
        return given;
    }
}
