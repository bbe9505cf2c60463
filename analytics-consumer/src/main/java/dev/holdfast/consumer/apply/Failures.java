package dev.holdfast.consumer.apply;

import dev.holdfast.consumer.apply.Delivery.Refused;
import dev.holdfast.kit.sqlite.Tx;
import java.sql.SQLException;

/** The messages refused, the newest {@value #MAX_KEPT} of them, each once however often it came back. */
final class Failures {
    static final int MAX_KEPT = 10_000;

    private Failures() {}

    /** Records the refusal; returns true where the message is refused for the first time. */
    static boolean record(Tx tx, Refused refused, String consumer, long nowMillis) throws SQLException {
        boolean known =
                tx.update("""
                        update failure
                           set receive_count = max(receive_count, ?), reason = ?, consumer = ?, last_refused_at = ?
                         where message_id = ?
                        """, refused.receiveCount(), refused.reason(), consumer, nowMillis, refused.messageId()) == 1;
        if (known) {
            return false;
        }
        tx.update(
                """
                insert into failure (
                       message_id, producer_id, sequence, receive_count, reason, body_start,
                       consumer, first_refused_at, last_refused_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                refused.messageId(),
                refused.producerId(),
                refused.sequence(),
                refused.receiveCount(),
                refused.reason(),
                refused.bodyStart(),
                consumer,
                nowMillis,
                nowMillis);
        tx.update("delete from failure where failure_no <= (select max(failure_no) from failure) - ?", MAX_KEPT);
        return true;
    }
}
