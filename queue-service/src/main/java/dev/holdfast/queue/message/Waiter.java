package dev.holdfast.queue.message;

import dev.holdfast.queue.Call;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A long poll that found nothing and waits. Writer thread only, but for its connection. */
final class Waiter extends Heap.Node {
    final long queueNumber;
    final Ask ask;
    final long deadlineMillis;
    final Call.Connection connection;
    final CompletableFuture<List<Received>> answer;

    Waiter(
            long queueNumber,
            Ask ask,
            long deadlineMillis,
            Call.Connection connection,
            CompletableFuture<List<Received>> answer) {
        this.queueNumber = queueNumber;
        this.ask = ask;
        this.deadlineMillis = deadlineMillis;
        this.connection = connection;
        this.answer = answer;
    }

    @Override
    long order() {
        return deadlineMillis;
    }
}
