package dev.holdfast.dashboard.console;

import dev.holdfast.dashboard.page.Address;
import dev.holdfast.dashboard.page.Links;
import dev.holdfast.dashboard.page.LivePage;
import dev.holdfast.dashboard.page.PageContent;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code GET /queues}: the queues, a page at a time. */
@Path("/queues")
@Produces(MediaType.TEXT_HTML)
public class QueueListPage implements LivePage {
    /** In the form that creates a queue; the rest can be typed. */
    private static final int NAMES_OFFERED = 100;

    private final Queues queues;
    private final Template template;

    QueueListPage(Queues queues, @Location("queues.html") Template template) {
        this.queues = queues;
        this.template = template;
    }

    @GET
    @Blocking
    public TemplateInstance show(@Context UriInfo uri) {
        return content(Links.query(uri)).page();
    }

    @Override
    public Optional<PageContent> at(Address address) {
        return address.is("queues") ? Optional.of(content(address.query())) : Optional.empty();
    }

    private PageContent content(Map<String, String> query) {
        QueueQuery wanted = QueueQuery.of(query);
        try {
            return new PageContent(template, QueueListView.of(queues.list(wanted), queues.names(NAMES_OFFERED)));
        } catch (SdkException e) {
            return new PageContent(
                    template,
                    new QueueListView(
                            wanted,
                            List.of(),
                            new Queues.QueueCounts(0, 0, 0, 0),
                            List.of(),
                            Instant.now(),
                            "The queue does not answer; the list comes back when it does."));
        }
    }
}
