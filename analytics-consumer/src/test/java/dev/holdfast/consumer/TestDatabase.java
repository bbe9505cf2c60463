package dev.holdfast.consumer;

import dev.holdfast.consumer.apply.AppliedCounts;
import dev.holdfast.consumer.apply.Delivery;
import dev.holdfast.consumer.apply.EventTransaction;
import dev.holdfast.consumer.database.AnalyticsDatabase;
import dev.holdfast.consumer.event.PriceEvent;
import dev.holdfast.kit.sqlite.Database;
import dev.holdfast.kit.sqlite.DatabaseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real database in a file of its own, and what applies to it. */
public final class TestDatabase implements AutoCloseable {
    private final Database database;
    private final EventTransaction transaction = new EventTransaction("test", 1);

    public TestDatabase(Path file) throws Exception {
        database = AnalyticsDatabase.open(file);
    }

    public Database database() {
        return database;
    }

    public AppliedCounts apply(List<PriceEvent> events) {
        List<Delivery> deliveries = new ArrayList<>();
        events.forEach(event -> deliveries.add(new Delivery.Event(event, null)));
        return database.write(tx -> transaction.apply(tx, deliveries, Events.EPOCH));
    }

    /** Applies the events in a transaction that fails at its end. */
    public void applyInVain(List<PriceEvent> events) {
        List<Delivery> deliveries = new ArrayList<>();
        events.forEach(event -> deliveries.add(new Delivery.Event(event, null)));
        try {
            database.write(tx -> {
                transaction.apply(tx, deliveries, Events.EPOCH);
                return tx.update("update progress set kept_events = -1");
            });
            throw new IllegalStateException("a check of the schema did not hold");
        } catch (DatabaseException e) {
            transaction.forget();
        }
    }

    public long number(String sql) {
        return database.read(tx -> tx.one(sql, row -> row.getLong(1)).orElseThrow());
    }

    /** Rows as texts, columns parted by a bar. */
    public List<String> rows(String sql) {
        return database.read(tx -> tx.all(sql, row -> {
            StringBuilder text = new StringBuilder();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                text.append(row.getString(i)).append('|');
            }
            return text.toString();
        }));
    }

    public void execute(String sql) {
        database.write(tx -> tx.update(sql));
    }

    @Override
    public void close() {
        database.close();
    }
}
