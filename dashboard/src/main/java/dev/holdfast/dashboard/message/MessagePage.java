package dev.holdfast.dashboard.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.dashboard.page.Address;
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
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Optional;

/** {@code GET /queues/{queue}/messages/{id}}: all that is known of one message. */
@Path("/queues/{queue}/messages/{id}")
@Produces(MediaType.TEXT_HTML)
public class MessagePage implements LivePage {
    private final OperatorApi operator;
    private final SeenMessages seen;
    private final Template template;

    MessagePage(OperatorApi operator, SeenMessages seen, @Location("message.html") Template template) {
        this.operator = operator;
        this.seen = seen;
        this.template = template;
    }

    @GET
    @Blocking
    public TemplateInstance show(@PathParam("queue") String queue, @PathParam("id") String id) {
        return content(queue, id).page();
    }

    @Override
    public Optional<PageContent> at(Address address) {
        return address.is("queues", "*", "messages", "*")
                ? Optional.of(
                        content(address.segments().get(1), address.segments().get(3)))
                : Optional.empty();
    }

    private PageContent content(String queue, String id) {
        return new PageContent(template, view(queue, id));
    }

    private MessageView view(String queue, String id) {
        try {
            JsonNode found = operator.get("queues/" + OperatorApi.encode(queue) + "/messages/" + OperatorApi.encode(id))
                    .orElse(null);
            return new MessageView(queue, id, true, found, seen.of(queue, id));
        } catch (IOException e) {
            return new MessageView(queue, id, false, null, seen.of(queue, id));
        }
    }
}
