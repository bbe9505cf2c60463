package dev.holdfast.dashboard.console;

import dev.holdfast.dashboard.page.Links;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What the page of a queue shows.
 *
 * @param details null where the queue does not exist, or could not be asked
 * @param look its messages; null where they cannot be looked at
 * @param names of queues that a form offers
 * @param trouble what is wrong, and what to do; null where all is well
 */
record QueueView(
        String name,
        LookQuery query,
        QueuesResource.@Nullable Details details,
        @Nullable Look look,
        List<String> names,
        @Nullable String trouble,
        Instant at) {

    /**
     * A page of messages.
     *
     * @param previous token of the page before; null where there is none
     */
    record Look(
            List<MessageRow> rows,
            @Nullable String previous,
            @Nullable String next) {}

    public String path() {
        return "/queues/" + Links.encoded(name);
    }

    public String liveLink() {
        return path() + "/live";
    }

    public String deadLetterLink() {
        String queue = deadLetterQueue();
        return queue == null ? "" : "/queues/" + Links.encoded(queue);
    }

    public boolean fifo() {
        return name.endsWith(".fifo");
    }

    public List<MessageRow> rows() {
        return look == null ? List.of() : look.rows();
    }

    public @Nullable String previous() {
        return look == null || look.previous() == null
                ? null
                : query.previousPage(look.previous()).link();
    }

    public @Nullable String next() {
        return look == null || look.next() == null
                ? null
                : query.nextPage(look.next()).link();
    }

    /** Where this look began, without search and state. */
    public String firstPage() {
        return new LookQuery(name, query.state(), query.search(), "", "").link();
    }

    public @Nullable Long waiting() {
        return number(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    }

    public @Nullable Long inFlight() {
        return number(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }

    public @Nullable Long delayed() {
        return number(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);
    }

    public @Nullable Long visibilityTimeout() {
        return number(QueueAttributeName.VISIBILITY_TIMEOUT);
    }

    public @Nullable Long retention() {
        return number(QueueAttributeName.MESSAGE_RETENTION_PERIOD);
    }

    public @Nullable Instant createdAt() {
        Long seconds = number(QueueAttributeName.CREATED_TIMESTAMP);
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    public @Nullable String deadLetterQueue() {
        return details == null
                ? null
                : RedrivePolicies.target(details.attributes().get(QueueAttributeName.REDRIVE_POLICY.toString()));
    }

    /** The queues whose dead letters come here. */
    public List<String> sources() {
        return details == null ? List.of() : details.deadLetterSources();
    }

    private @Nullable Long number(QueueAttributeName attribute) {
        Map<String, String> attributes = details == null ? Map.of() : details.attributes();
        String value = attributes.get(attribute.toString());
        return value == null ? null : (Long) Long.parseLong(value);
    }
}
