package dev.holdfast.queue.inspect;

import dev.holdfast.queue.commit.Operation;
import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.engine.MessageEngine;
import dev.holdfast.queue.ledger.Ledger;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.queues.QueueStore;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Ledgers of several queues at one instant: taken on the writer thread, between two transactions. */
final class Ledgers {
    private final Engine engine;
    private final String account;

    Ledgers(Engine engine, String account) {
        this.engine = engine;
        this.account = account;
    }

    /** Of the queues named, or of all when none is. */
    CompletionStage<LedgerView> snapshot(List<String> names) {
        return Operation.submit(engine.groupCommit(), tx -> {
            List<LedgerView.OfQueue> queues = new ArrayList<>();
            for (Queue queue : engine.queues().list(account, "", null, Integer.MAX_VALUE)) {
                if (names.isEmpty() || names.contains(queue.name().value())) {
                    queues.add(view(tx, queue));
                }
            }
            List<LedgerView.Dropped> dropped = QueueStore.dropped(tx, account).stream()
                    .filter(line -> names.isEmpty() || names.contains(line.name()))
                    .map(line -> new LedgerView.Dropped(line.name(), Times.text(line.atMillis()), line.messages()))
                    .toList();
            return new LedgerView(Times.text(tx.nowMillis()), queues, dropped);
        });
    }

    private LedgerView.OfQueue view(Tx tx, Queue queue) throws SQLException {
        MessageEngine messages = engine.messages();
        MessageEngine.Counts counts = messages.counts(tx, queue.number());
        Ledger.Snapshot ledger = messages.ledger(queue.number());
        return new LedgerView.OfQueue(
                queue.name().value(),
                queue.isFifo(),
                Times.text(queue.createdAtMillis()),
                queue.attributes()
                        .redrivePolicy()
                        .map(policy -> policy.deadLetterTarget().name())
                        .orElse(null),
                ledger,
                counts.waiting(),
                counts.delayed(),
                counts.inFlight(),
                messages.oldestAgeSeconds(tx, queue.number()),
                ledger.balances(),
                null);
    }
}
