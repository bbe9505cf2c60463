package dev.holdfast.consumer.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.consumer.event.Identity;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the queue says, by its ledger and by the messages in its dead-letter queue ({@code infra/contract/operator-api.md}). Only
 * queue-service has these.
 *
 * @param sent messages ever sent to the queue
 * @param stock messages in the queue now
 * @param deadLettered identities in the dead-letter queue
 * @param deadLetteredStock messages in the dead-letter queue when its ledger was read
 * @param deadLetteredListed messages found when they were listed after that, those without a readable identity included
 * @param deleted messages deleted from the queue
 * @param leftByDoor messages that left either queue unapplied: expired, purged, dropped with it, or deleted from the dead-letter queue
 */
record QueueSide(
        long sent,
        long stock,
        Set<Identity> deadLettered,
        long deadLetteredStock,
        long deadLetteredListed,
        long deleted,
        long leftByDoor) {

    private static final int PAGE = 1000;

    static QueueSide read(Http http, URI endpoint, String queue, String deadLetterQueue) throws UnknownException {
        String base = endpoint.toString().replaceAll("/+$", "") + "/_holdfast/";
        JsonNode ledger = http.getSigned(
                "the queue",
                URI.create(base + "ledger?queue=" + encoded(queue) + "&queue=" + encoded(deadLetterQueue)));
        JsonNode main = ledgerOf(ledger, queue);
        JsonNode dead = ledgerOf(ledger, deadLetterQueue);
        if (main == null) {
            throw new UnknownException("the queue " + queue + " does not exist");
        }
        long dropped = 0;
        for (JsonNode line : ledger.path("dropped")) {
            dropped += line.path("droppedWithQueue").longValue();
        }
        long leftByDoor = dropped
                + doors(main, "expired", "purged")
                + (dead == null ? 0 : doors(dead, "expired", "purged", "deleted"));
        Set<Identity> identities = new HashSet<>();
        long listed = dead == null ? 0 : listDeadLetters(http, base, deadLetterQueue, identities);
        return new QueueSide(
                main.path("sent").longValue(),
                main.path("stock").longValue(),
                identities,
                dead == null ? 0 : dead.path("stock").longValue(),
                listed,
                main.path("deleted").longValue(),
                leftByDoor);
    }

    /** Whether the dead-letter queue stood still while it was looked at. */
    boolean isDeadLetterQueueComplete() {
        return deadLetteredStock == deadLetteredListed;
    }

    private static @Nullable JsonNode ledgerOf(JsonNode answer, String queue) {
        for (JsonNode line : answer.path("queues")) {
            if (queue.equals(line.path("name").textValue())) {
                return line.path("ledger");
            }
        }
        return null;
    }

    private static long doors(JsonNode ledger, String... names) {
        long sum = 0;
        for (String name : names) {
            sum += ledger.path(name).longValue();
        }
        return sum;
    }

    private static long listDeadLetters(Http http, String base, String queue, Set<Identity> identities)
            throws UnknownException {
        long listed = 0;
        String after = "";
        while (true) {
            JsonNode page = http.getSigned(
                    "the queue",
                    URI.create(base + "queues/" + encoded(queue) + "/messages?body=false&limit=" + PAGE + after));
            for (JsonNode message : page.path("messages")) {
                listed++;
                Identity identity = identity(message.path("attributes"));
                if (identity != null) {
                    identities.add(identity);
                }
            }
            if (!page.path("next").isTextual()) {
                return listed;
            }
            after = "&after=" + encoded(page.path("next").textValue());
        }
    }

    private static @Nullable Identity identity(JsonNode attributes) {
        try {
            return new Identity(
                    UUID.fromString(
                            attributes.path("producerId").path("StringValue").asText()),
                    Long.parseLong(
                            attributes.path("sequence").path("StringValue").asText()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
