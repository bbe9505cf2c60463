package dev.holdfast.queue.inspect;

import dev.holdfast.kit.http.Problem;
import dev.holdfast.queue.config.ServerConfig;
import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.queues.Queue;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Looking at queues and messages without changing them; see infra/contract/operator-api.md. */
@Path("/_holdfast")
@Blocking
class OperatorApi {
    private static final int MAX_PAGE = 1_000;

    private final Engine engine;
    private final ServerConfig config;
    private final AgroalDataSource database;
    private final Ledgers ledgers;

    OperatorApi(Engine engine, ServerConfig config, AgroalDataSource database) {
        this.engine = engine;
        this.config = config;
        this.database = database;
        this.ledgers = new Ledgers(engine, config.account());
    }

    @GET
    @Path("ledger")
    public CompletionStage<LedgerView> ledger(@QueryParam("queue") List<String> names) {
        return ledgers.snapshot(names);
    }

    @GET
    @Path("queues/{name}/ledger")
    public LedgerView.OfQueue ledger(@PathParam("name") String name, @QueryParam("audit") boolean audit)
            throws SQLException {
        Queue queue = queue(name);
        LedgerView.OfQueue view = ledgers.snapshot(List.of(name)).toCompletableFuture().join().queues().stream()
                .findFirst()
                .orElseThrow(() -> Parameters.queueNotFound(name));
        if (!audit) {
            return view;
        }
        try (Connection connection = database.getConnection()) {
            StoredMessages.Audit recounted = StoredMessages.audit(connection, queue);
            return view.withRecounted(recounted.rows(), recounted.stock());
        }
    }

    /** A page of messages, and the tokens of its neighbours. */
    record Page(
            List<MessageView> messages,
            @Nullable String previous,
            @Nullable String next) {}

    @GET
    @Path("queues/{name}/messages")
    public Page messages(
            @PathParam("name") String name,
            @QueryParam("state") @Nullable String state,
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @QueryParam("after") @DefaultValue("0") String after,
            @QueryParam("before") @Nullable String before,
            @QueryParam("body") @DefaultValue("true") boolean body,
            @QueryParam("chars") @DefaultValue("2147483647") String chars)
            throws SQLException {
        Queue queue = queue(name);
        Wanted wanted = new Wanted(
                MessageViews.state(state),
                search,
                Parameters.number("after", after, 0, Long.MAX_VALUE),
                before == null ? null : (Long) Parameters.number("before", before, 0, Long.MAX_VALUE),
                (int) Parameters.number("limit", limit, 1, MAX_PAGE));
        int maxChars = (int) Parameters.number("chars", chars, 1, Integer.MAX_VALUE);
        try (Connection connection = database.getConnection()) {
            long now = engine.clock().millis();
            MessagePages.Page page = MessagePages.page(connection, queue, wanted, now);
            return new Page(
                    page.messages().stream()
                            .map(stored -> MessageViews.of(stored, queue, now, body, maxChars))
                            .toList(),
                    token(page.previousKey()),
                    token(page.nextKey()));
        }
    }

    private static @Nullable String token(@Nullable Long key) {
        return key == null ? null : Long.toString(key);
    }

    @GET
    @Path("queues/{name}/messages/{messageId}")
    public MessageView message(@PathParam("name") String name, @PathParam("messageId") String messageId)
            throws SQLException {
        Queue queue = queue(name);
        try (Connection connection = database.getConnection()) {
            StoredMessages.Stored stored = StoredMessages.find(connection, queue, id(messageId));
            if (stored == null) {
                throw Problem.of(
                        404,
                        "There is no message " + messageId + " in the queue " + name
                                + ": it was deleted, expired or purged, or moved to another queue.");
            }
            long now = engine.clock().millis();
            return MessageViews.explained(stored, StoredMessages.blockerOf(connection, queue, stored, now), queue, now);
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "A message id is a UUID, as SendMessage answers it.");
        }
    }

    private Queue queue(String name) {
        return engine.queues().find(config.account(), name).orElseThrow(() -> Parameters.queueNotFound(name));
    }
}
