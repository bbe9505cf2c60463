package dev.holdfast.consumer;

import dev.holdfast.consumer.apply.Application;
import dev.holdfast.consumer.apply.Applied;
import dev.holdfast.consumer.apply.Delivery;
import dev.holdfast.consumer.database.Database;
import dev.holdfast.consumer.database.DatabaseException;
import dev.holdfast.consumer.event.PriceEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real database in a file of its own, and what applies to it. */
public final class TestDatabase implements AutoCloseable {
    private final Database database;
    private final Application application = new Application("test", 1);

    public TestDatabase(Path file) throws Exception {
        database = Database.open(file);
    }

    public Database database() {
        return database;
    }

    public Applied apply(List<PriceEvent> events) {
        List<Delivery> deliveries = new ArrayList<>();
        events.forEach(event -> deliveries.add(new Delivery.Event(event, null)));
        return database.write(tx -> application.apply(tx, deliveries, Events.EPOCH));
    }

    /** Applies the events in a transaction that fails at its end. */
    public void applyInVain(List<PriceEvent> events) {
        List<Delivery> deliveries = new ArrayList<>();
        events.forEach(event -> deliveries.add(new Delivery.Event(event, null)));
        try {
            database.write(tx -> {
                application.apply(tx, deliveries, Events.EPOCH);
                return tx.update("update progress set kept_events = -1");
            });
            throw new IllegalStateException("a check of the schema did not hold");
        } catch (DatabaseException e) {
            application.forget();
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
