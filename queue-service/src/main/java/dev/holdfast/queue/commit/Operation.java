package dev.holdfast.queue.commit;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** A write whose answer is a value or a refusal in SQS's words, given once its transaction is on disk. */
public final class Operation<R> implements Write {
    private final CompletableFuture<R> answer = new CompletableFuture<>();
    private final int sizeBytes;
    private final Work<R> work;

    /** What is done on the writer thread. A refusal is thrown before anything is changed. */
    @FunctionalInterface
    public interface Work<R> {
        R run(Tx tx) throws SQLException;
    }

    private Operation(int sizeBytes, Work<R> work) {
        this.sizeBytes = sizeBytes;
        this.work = work;
    }

    /** Queues the work; the answer is completed on the writer thread after the commit. */
    public static <R> CompletableFuture<R> submit(GroupCommit groupCommit, int sizeBytes, Work<R> work) {
        Operation<R> operation = new Operation<>(sizeBytes, work);
        if (!groupCommit.submit(operation)) {
            operation.answer.completeExceptionally(overloaded());
        }
        return operation.answer;
    }

    public static <R> CompletableFuture<R> submit(GroupCommit groupCommit, Work<R> work) {
        return submit(groupCommit, 0, work);
    }

    public static SqsException overloaded() {
        return SqsError.REQUEST_THROTTLED.because(
                "The server has more requests waiting than its disk can take. Try again with exponential back-off.");
    }

    @Override
    public void run(Tx tx) throws SQLException {
        try {
            R result = work.run(tx);
            tx.afterCommit(() -> answer.complete(result));
        } catch (SqsException refusal) {
            tx.afterCommit(() -> answer.completeExceptionally(refusal));
        }
    }

    @Override
    public void failed(Exception cause) {
        answer.completeExceptionally(answerTo(cause));
    }

    /** A refusal says itself what happened; after any other failure that is not known. */
    public static SqsException answerTo(Exception cause) {
        return cause instanceof SqsException refusal ? refusal : unknownOutcome();
    }

    private static SqsException unknownOutcome() {
        return SqsError.SERVICE_UNAVAILABLE.because(
                "The request could not be written to disk; whether it took effect is not known. Try it again.");
    }

    @Override
    public int sizeBytes() {
        return sizeBytes;
    }
}
