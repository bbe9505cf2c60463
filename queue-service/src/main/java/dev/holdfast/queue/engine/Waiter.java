package dev.holdfast.queue.engine;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.order.Heap;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A long poll that found nothing and waits. Writer thread only, but for its connection. */
public final class Waiter extends Heap.Node {
    final long queueNumber;
    final ReceiveOptions options;
    final long deadlineMillis;
    final Call.Connection connection;
    final CompletableFuture<List<Received>> answer;

    public Waiter(
            long queueNumber,
            ReceiveOptions options,
            long deadlineMillis,
            Call.Connection connection,
            CompletableFuture<List<Received>> answer) {
        this.queueNumber = queueNumber;
        this.options = options;
        this.deadlineMillis = deadlineMillis;
        this.connection = connection;
        this.answer = answer;
    }

    @Override
    public long order() {
        return deadlineMillis;
    }
}
