package dev.holdfast.dashboard.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.dashboard.page.Address;
import dev.holdfast.dashboard.page.Links;
import dev.holdfast.dashboard.page.LivePage;
import dev.holdfast.dashboard.page.PageContent;
import dev.holdfast.dashboard.sqs.OperatorApi;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** {@code GET /queues/{name}}: a queue, its messages first. */
@Path("/queues/{name}")
@Produces(MediaType.TEXT_HTML)
public class QueuePage implements LivePage {
    private static final String DOWN = "The queue does not answer; what stands here is filled in when it does.";
    private static final String NO_LOOK =
            "This server does not show messages without receiving them: receive some below.";

    /** In the field that names another queue; the rest can be typed. */
    private static final int NAMES_OFFERED = 100;

    private final QueuesResource queues;
    private final Queues all;
    private final OperatorApi operator;
    private final AnswerCache answers;
    private final Template template;

    QueuePage(
            QueuesResource queues,
            Queues all,
            OperatorApi operator,
            AnswerCache answers,
            @Location("queue.html") Template template) {
        this.queues = queues;
        this.all = all;
        this.operator = operator;
        this.answers = answers;
        this.template = template;
    }

    @GET
    @Blocking
    public TemplateInstance show(@PathParam("name") String name, @Context UriInfo uri) {
        return new PageContent(template, view(name, Links.query(uri))).page();
    }

    @Override
    public Optional<PageContent> at(Address address) {
        return address.is("queues", "*")
                ? Optional.of(new PageContent(template, view(address.segments().get(1), address.query())))
                : Optional.empty();
    }

    private QueueView view(String name, Map<String, String> asked) {
        LookQuery query = LookQuery.of(name, asked);
        try {
            QueuesResource.Details details = queues.details(name);
            QueueView.Look look = look(query);
            return new QueueView(
                    name, query, details, look, all.names(NAMES_OFFERED), look == null ? NO_LOOK : null, Instant.now());
        } catch (QueueDoesNotExistException e) {
            return new QueueView(
                    name,
                    query,
                    null,
                    null,
                    List.of(),
                    "There is no queue " + name + ": it was deleted, or never created.",
                    Instant.now());
        } catch (SdkException e) {
            return new QueueView(name, query, null, null, List.of(), DOWN, Instant.now());
        }
    }

    private QueueView.@Nullable Look look(LookQuery query) {
        String path = query.operatorPath();
        Optional<JsonNode> page = answers.ask(path, () -> {
            try {
                return operator.get(path);
            } catch (IOException e) {
                throw SdkException.builder()
                        .message("the queue does not answer")
                        .build();
            }
        });
        return page.map(QueuePage::look).orElse(null);
    }

    private static QueueView.Look look(JsonNode page) {
        List<MessageRow> rows = new ArrayList<>();
        page.path("messages").forEach(message -> rows.add(MessageRow.of(message)));
        return new QueueView.Look(
                rows, page.path("previous").textValue(), page.path("next").textValue());
    }
}
