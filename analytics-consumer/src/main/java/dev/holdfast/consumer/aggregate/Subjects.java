package dev.holdfast.consumer.aggregate;

import dev.holdfast.consumer.event.PriceEvent;
import dev.holdfast.kit.sqlite.Tx;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers products and categories. Numbers never change, so they are remembered; one made in a transaction that was rolled back is
 * forgotten with {@link #forget}. For the writing thread.
 */
public final class Subjects {
    /** Far more than a catalogue has; a flood of new names costs a look-up each instead of memory. */
    private static final int MAX_REMEMBERED = 10_000;

    private final Map<Key, Long> numbers = new HashMap<>();

    private record Key(String kind, String key, String currency) {}

    public long product(Tx tx, PriceEvent event) throws SQLException {
        Key key = new Key("product", event.sku(), event.currency());
        Long known = numbers.get(key);
        return known != null ? known : remember(key, findOrInsert(tx, key, event.productName(), event.category()));
    }

    public long category(Tx tx, PriceEvent event) throws SQLException {
        Key key = new Key("category", event.category(), event.currency());
        Long known = numbers.get(key);
        return known != null ? known : remember(key, findOrInsert(tx, key, null, null));
    }

    /** Names a product as the event does, where that is the last of its events so far. */
    public static void renameIfLast(Tx tx, long productNo, long producerNo, PriceEvent event) throws SQLException {
        tx.update(
                """
                update subject
                   set product_name = ?, category = ?
                 where subject_no = ?
                   and (product_name <> ? or category <> ?)
                   and exists (
                         select * from aggregate
                          where span = 'all' and aggregate.subject_no = subject.subject_no and starts_at = 0
                            and last_producer_no = ? and last_sequence = ?)
                """,
                event.productName(),
                event.category(),
                productNo,
                event.productName(),
                event.category(),
                producerNo,
                event.identity().sequence());
    }

    public void forget() {
        numbers.clear();
    }

    private long remember(Key key, long number) {
        if (numbers.size() >= MAX_REMEMBERED) {
            numbers.clear();
        }
        numbers.put(key, number);
        return number;
    }

    private static long findOrInsert(Tx tx, Key key, @Nullable String productName, @Nullable String category)
            throws SQLException {
        tx.update("""
                insert into subject (kind, subject_key, currency, product_name, category)
                values (?, ?, ?, ?, ?)
                on conflict do nothing
                """, key.kind, key.key, key.currency, productName, category);
        return tx.one(
                        "select subject_no from subject where kind = ? and subject_key = ? and currency = ?",
                        row -> row.getLong(1),
                        key.kind,
                        key.key,
                        key.currency)
                .orElseThrow();
    }
}
