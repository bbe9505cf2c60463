package dev.holdfast.dashboard.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.dashboard.history.History;
import dev.holdfast.dashboard.page.Links;
import dev.holdfast.dashboard.sqs.OperatorApi;
import dev.holdfast.kit.http.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /api/queues/{name}/selected/…} and {@code /lines}: what is done with messages of a look. */
@Path("/api/queues/{name}")
public class SelectionResource {
    private static final int SELECTED_AT_MOST = 100;
    private static final int LINES_AT_ONCE = 100;

    /** Of a longer queue a file has the oldest. */
    private static final int LINES_AT_MOST = 10_000;

    private static final String LINES = "application/x-ndjson";

    private final OperatorApi operator;
    private final History history;
    private final ObjectMapper json;

    SelectionResource(OperatorApi operator, History history, ObjectMapper json) {
        this.operator = operator;
        this.history = history;
        this.json = json;
    }

    /**
     * Messages of a look.
     *
     * @param to where to move them; null for the queues they came from
     */
    public record Selection(
            @Nullable List<String> keys, @Nullable String to) {}

    /** Also notes the deletions: the proof counts them as left by hand, not as lost. */
    @POST
    @Path("selected/delete")
    @Produces(MediaType.APPLICATION_JSON)
    public QueuesResource.Done delete(@PathParam("name") String name, @Nullable Selection selection) {
        Change change = change(name, "delete", selection, "");
        change.answer.path("done").forEach(id -> history.deletedByHand(name, id.asText()));
        return change.said("Deleted");
    }

    @POST
    @Path("selected/move")
    @Produces(MediaType.APPLICATION_JSON)
    public QueuesResource.Done move(@PathParam("name") String name, @Nullable Selection selection) {
        String to = selection == null ? null : selection.to();
        return change(name, "move", selection, to == null || to.isBlank() ? "" : "&to=" + Links.encoded(to.strip()))
                .said("Moved");
    }

    @POST
    @Path("selected/send-again")
    @Produces(MediaType.APPLICATION_JSON)
    public QueuesResource.Done sendAgain(@PathParam("name") String name, @Nullable Selection selection) {
        return change(name, "send-again", selection, "").said("Sent again");
    }

    /** What was done, and what came of it. */
    private record Change(JsonNode answer, String call) {
        QueuesResource.Done said(String verb) {
            List<String> words = new ArrayList<>();
            words.add(verb + " " + messages(answer.path("done").size()));
            add(words, answer.path("gone").asInt(), "not in the queue any more");
            add(words, answer.path("inFlight").size(), "in flight, and stayed");
            add(words, answer.path("withoutDestination").size(), "no dead letter, and stayed");
            add(words, answer.path("duplicates").size(), "there already, and deleted here");
            return new QueuesResource.Done(String.join("; ", words) + ".", call);
        }

        private static void add(List<String> words, int count, String what) {
            if (count > 0) {
                words.add(count + (count == 1 ? " was " : " were ") + what);
            }
        }

        private static String messages(int count) {
            return count == 1 ? "1 message" : count + " messages";
        }
    }

    private Change change(String name, String action, @Nullable Selection selection, String more) {
        List<String> keys = selection == null || selection.keys() == null ? List.of() : selection.keys();
        if (keys.isEmpty() || keys.size() > SELECTED_AT_MOST || keys.stream().anyMatch(SelectionResource::isNoKey)) {
            throw Problem.of(400, "Select from 1 to " + SELECTED_AT_MOST + " messages of a look.", "keys");
        }
        String path = messagesPath(name) + "/" + action + "?key=" + String.join("&key=", keys) + more;
        try {
            JsonNode answer = operator.post(path).orElseThrow(SelectionResource::notOffered);
            String address = operator.address(path).map(Objects::toString).orElse("");
            return new Change(answer, "curl -X POST " + AwsCli.shell(address));
        } catch (IOException e) {
            throw Problem.of(502, "The queue does not answer. Is queue-service running?");
        }
    }

    private static boolean isNoKey(@Nullable String text) {
        return text == null || !text.matches("[1-9][0-9]{0,17}");
    }

    private static String messagesPath(String name) {
        return "queues/" + OperatorApi.encode(name) + "/messages";
    }

    private static Problem notOffered() {
        return Problem.of(501, "This server does not show that without receiving; messages can be polled instead.");
    }

    /** Messages as JSON lines, with whole bodies: those with the keys, or all that a look with these words finds. */
    @GET
    @Path("lines")
    @Produces(LINES)
    public Response lines(
            @PathParam("name") String name,
            @QueryParam("key") List<String> keys,
            @QueryParam("state") @Nullable String state,
            @QueryParam("search") @Nullable String search) {
        LookQuery all = LookQuery.of(
                name,
                Map.of(
                        "state", Objects.requireNonNullElse(state, ""),
                        "search", Objects.requireNonNullElse(search, "")));
        if (keys.size() > SELECTED_AT_MOST || keys.stream().anyMatch(SelectionResource::isNoKey)) {
            throw Problem.of(400, "Select up to " + SELECTED_AT_MOST + " messages of a look.", "key");
        }
        // The first page is read before the answer begins, so that what is wrong can still be said.
        JsonNode first = keys.isEmpty() ? page(all, LINES_AT_ONCE) : page(one(name, keys.getFirst()), 1);
        StreamingOutput body = out -> {
            if (keys.isEmpty()) {
                writeAll(all, first, out);
            } else {
                for (String key : keys) {
                    write(named(page(one(name, key), 1), key), out);
                }
            }
        };
        return Response.ok(body)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + ".jsonl\"")
                .build();
    }

    private void writeAll(LookQuery query, JsonNode first, OutputStream out) throws IOException {
        int written = 0;
        JsonNode page = first;
        while (true) {
            for (JsonNode message : page.path("messages")) {
                write(message, out);
                written++;
            }
            String next = page.path("next").textValue();
            if (next == null || written >= LINES_AT_MOST) {
                return;
            }
            page = page(query.nextPage(next), LINES_AT_ONCE);
        }
    }

    private void write(@Nullable JsonNode message, OutputStream out) throws IOException {
        if (message != null) {
            out.write((line(message) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private String line(JsonNode message) throws JsonProcessingException {
        return json.writeValueAsString(message);
    }

    /** A look that begins with the message itself. */
    private static LookQuery one(String name, String key) {
        return new LookQuery(name, "", "", Long.toString(Long.parseLong(key) - 1), "");
    }

    private static @Nullable JsonNode named(JsonNode page, String key) {
        JsonNode first = page.path("messages").path(0);
        return first.path("key").asText().equals(key) ? first : null;
    }

    private JsonNode page(LookQuery query, int limit) {
        try {
            return operator.get(query.operatorPath(limit)).orElseThrow(SelectionResource::notOffered);
        } catch (IOException e) {
            throw Problem.of(502, "The queue does not answer. Is queue-service running?");
        }
    }
}
