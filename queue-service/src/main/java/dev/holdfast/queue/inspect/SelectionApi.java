package dev.holdfast.queue.inspect;

import dev.holdfast.kit.http.Problem;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.commit.Operation;
import dev.holdfast.queue.config.ServerConfig;
import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.engine.SelectedMessages;
import dev.holdfast.queue.engine.SelectedMessages.Outcome;
import dev.holdfast.queue.engine.SelectedMessages.Outcomes;
import dev.holdfast.queue.queues.Queue;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What is done with messages that were looked at; see infra/contract/operator-api.md. Each call is one transaction. The keys
 * stand in the query, since a signature of these routes is one over an empty body.
 */
@Path("/_holdfast")
@Blocking
class SelectionApi {
    private static final int MAX_SELECTED = 100;

    private final Engine engine;
    private final SelectedMessages selected;
    private final String account;

    SelectionApi(Engine engine, ServerConfig config) {
        this.engine = engine;
        this.selected = engine.messages().selected();
        this.account = config.account();
    }

    /**
     * What came of the messages, by their ids.
     *
     * @param done deleted, moved or sent again
     * @param gone how many were not in the queue any more
     */
    record View(
            List<String> done,
            List<String> inFlight,
            List<String> withoutDestination,
            List<String> duplicates,
            int gone) {
        static View of(Outcomes outcomes) {
            return new View(
                    outcomes.of(Outcome.DONE),
                    outcomes.of(Outcome.IN_FLIGHT),
                    outcomes.of(Outcome.NO_DESTINATION),
                    outcomes.of(Outcome.DUPLICATE),
                    outcomes.gone());
        }
    }

    @POST
    @Path("queues/{name}/messages/delete")
    public View delete(@PathParam("name") String name, @QueryParam("key") List<String> keys) {
        SequencedSet<Long> asked = keys(keys);
        Queue queue = queue(name);
        return run(tx -> selected.delete(tx, queue.number(), asked));
    }

    @POST
    @Path("queues/{name}/messages/move")
    public View move(
            @PathParam("name") String name,
            @QueryParam("key") List<String> keys,
            @QueryParam("to") @Nullable String destination) {
        SequencedSet<Long> asked = keys(keys);
        Queue queue = queue(name);
        Queue to = destination == null ? null : destination(queue, destination);
        requireRoom();
        return run(tx -> selected.move(tx, queue.number(), to, asked));
    }

    @POST
    @Path("queues/{name}/messages/send-again")
    public View sendAgain(@PathParam("name") String name, @QueryParam("key") List<String> keys) {
        SequencedSet<Long> asked = keys(keys);
        Queue queue = queue(name);
        requireRoom();
        return run(tx -> selected.sendAgain(tx, queue.number(), asked));
    }

    private View run(Operation.Work<Outcomes> work) {
        try {
            return View.of(Operation.submit(engine.groupCommit(), work).join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof SqsException refusal) {
                throw Problem.of(refusal.error().httpStatus(), refusal.sentence());
            }
            throw e;
        }
    }

    private static SequencedSet<Long> keys(List<String> texts) {
        if (texts.isEmpty() || texts.size() > MAX_SELECTED) {
            throw Problem.of(400, "key names a message of a look; it is given from 1 to " + MAX_SELECTED + " times.");
        }
        SequencedSet<Long> keys = new LinkedHashSet<>();
        texts.forEach(text -> keys.add(Parameters.number("key", text, 1, Long.MAX_VALUE)));
        return keys;
    }

    private Queue destination(Queue source, String name) {
        Queue destination = queue(name);
        if (destination.number() == source.number()) {
            throw Problem.of(400, "The messages are in the queue " + name + " already.");
        }
        if (destination.isFifo() != source.isFifo()) {
            throw Problem.of(
                    400,
                    "Messages move between two standard queues or between two FIFO queues, and " + name
                            + " is of the other type.");
        }
        return destination;
    }

    /** A message is written before it is deleted: while the disk is short of space only deletes go on. */
    private void requireRoom() {
        if (engine.database().diskSpace().isShort()) {
            throw Problem.of(
                    503, "The disk of the server is nearly full: messages can be deleted, but not moved or sent.");
        }
    }

    private Queue queue(String name) {
        return engine.queues().find(account, name).orElseThrow(() -> Parameters.queueNotFound(name));
    }
}
