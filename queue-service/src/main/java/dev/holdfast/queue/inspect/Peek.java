package dev.holdfast.queue.inspect;

import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.queues.Queue;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a receive of a whole queue would see, without receiving. Reads the database: not for an I/O thread. */
@Singleton
public class Peek {
    /** Of a longer queue the oldest are shown. */
    private static final int MAX_MESSAGES = 10_000;

    private final Engine engine;
    private final AgroalDataSource database;

    Peek(Engine engine, AgroalDataSource database) {
        this.engine = engine;
        this.database = database;
    }

    /**
     * The queue's messages, oldest first.
     *
     * @param invisible whether those in flight are shown, and those that wait behind one in a FIFO queue
     * @param delayed whether those are shown whose delay is not over
     * @throws dev.holdfast.queue.api.SqsException QueueDoesNotExist, AccessDenied for anybody but the owner
     */
    public Result.OfReceiveMessage look(String queueUrl, String account, boolean invisible, boolean delayed)
            throws SQLException {
        Queue queue = engine.queues().resolve(queueUrl, account);
        if (!queue.account().equals(account)) {
            throw SqsError.ACCESS_DENIED.because("Only the owner of " + queue.name() + " may look into it.");
        }
        long now = engine.clock().millis();
        Set<@Nullable String> blockedGroups = new HashSet<>();
        try (Connection connection = database.getConnection()) {
            List<Result.ReceivedMessage> shown = new ArrayList<>();
            for (StoredMessages.Stored stored : MessagePages.page(connection, queue, Wanted.oldest(MAX_MESSAGES), now)
                    .messages()) {
                StoredMessages.State state = stored.state(now);
                if (queue.isFifo() && state != StoredMessages.State.WAITING) {
                    blockedGroups.add(stored.groupId());
                }
                boolean isShown = switch (state) {
                    case WAITING -> invisible || !blockedGroups.contains(stored.groupId());
                    case DELAYED -> delayed;
                    case IN_FLIGHT -> invisible;
                };
                if (isShown) {
                    shown.add(stored.asReceived(now));
                }
            }
            return new Result.OfReceiveMessage(shown);
        }
    }
}
