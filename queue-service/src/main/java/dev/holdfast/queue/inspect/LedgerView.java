package dev.holdfast.queue.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.queue.ledger.Ledger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledgers as the operator's API shows them; see infra/contract/operator-api.md. */
record LedgerView(String at, List<OfQueue> queues, List<Dropped> dropped) {

    record OfQueue(
            String name,
            boolean fifo,
            String createdAt,
            @Nullable String deadLetterQueue,
            Ledger.Snapshot ledger,
            long waiting,
            long delayed,
            long inFlight,
            @Nullable Long oldestAgeSeconds,
            boolean balanced,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long recounted) {

        OfQueue withRecounted(long rows, long stockThen) {
            return new OfQueue(
                    name,
                    fifo,
                    createdAt,
                    deadLetterQueue,
                    ledger,
                    waiting,
                    delayed,
                    inFlight,
                    oldestAgeSeconds,
                    balanced && rows == stockThen,
                    rows);
        }
    }

    /** A deleted queue's last line. */
    record Dropped(String name, String at, long droppedWithQueue) {}
}
