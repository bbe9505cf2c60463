package dev.holdfast.consumer.processed;

import dev.holdfast.kit.sqlite.Tx;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Numbers producers. Numbers never change, so they are remembered, both ways; one made in a transaction that was rolled back is
 * forgotten with {@link #forget}. For one thread.
 */
public final class Producers {
    /** A producer gets a new id only with a new outbox; a flood of ids costs a look-up each instead of memory. */
    private static final int MAX_REMEMBERED = 10_000;

    private final Map<UUID, Long> numbers = new HashMap<>();
    private final Map<Long, UUID> ids = new HashMap<>();

    /** The producer's number, a new one where it has none. */
    public long number(Tx tx, UUID producerId) throws SQLException {
        Long known = numbers.get(producerId);
        if (known != null) {
            return known;
        }
        String id = producerId.toString();
        tx.update("insert into producer (producer_id) values (?) on conflict do nothing", id);
        long number = tx.one("select producer_no from producer where producer_id = ?", row -> row.getLong(1), id)
                .orElseThrow();
        remember(number, producerId);
        return number;
    }

    public UUID id(Tx tx, long producerNo) throws SQLException {
        UUID known = ids.get(producerNo);
        if (known != null) {
            return known;
        }
        UUID id = UUID.fromString(
                tx.one("select producer_id from producer where producer_no = ?", row -> row.getString(1), producerNo)
                        .orElseThrow());
        remember(producerNo, id);
        return id;
    }

    public void forget() {
        numbers.clear();
        ids.clear();
    }

    private void remember(long number, UUID producerId) {
        if (ids.size() >= MAX_REMEMBERED) {
            forget();
        }
        numbers.put(producerId, number);
        ids.put(number, producerId);
    }
}
