package dev.holdfast.queue.action;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.MessageAttributeValue;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.commit.GroupCommit;
import dev.holdfast.queue.commit.Operation;
import dev.holdfast.queue.commit.Write;
import dev.holdfast.queue.engine.LongPolls;
import dev.holdfast.queue.engine.MessageEngine;
import dev.holdfast.queue.engine.QueueMessages;
import dev.holdfast.queue.engine.ReceiveOptions;
import dev.holdfast.queue.engine.Received;
import dev.holdfast.queue.engine.Waiter;
import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.message.MessageAttributes;
import dev.holdfast.queue.message.MessageText;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.store.MessageKey;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** ReceiveMessage: takes what is visible, or waits for it. */
public final class Receiving {
    private final GroupCommit groupCommit;
    private final MessageEngine messages;

    public Receiving(GroupCommit groupCommit, MessageEngine messages) {
        this.groupCommit = groupCommit;
        this.messages = messages;
    }

    public CompletionStage<Result.OfReceiveMessage> receive(Request.ReceiveMessage request, Queue queue, Call call) {
        int max = inRange(
                request.maxNumberOfMessages(),
                1,
                Limits.MAX_RECEIVED_MESSAGES,
                1,
                "MaxNumberOfMessages",
                "Must be between 1 and 10, if provided.");
        Duration visibility = seconds(
                request.visibilityTimeout(),
                Limits.MAX_VISIBILITY_SECONDS,
                queue.attributes().visibilityTimeout(),
                "VisibilityTimeout");
        Duration wait = seconds(
                request.waitTimeSeconds(),
                Limits.MAX_WAIT_SECONDS,
                queue.attributes().receiveWait(),
                "WaitTimeSeconds");
        String attemptId = request.receiveRequestAttemptId();
        // Some clients send it to standard queues, where it means nothing.
        ReceiveOptions options = new ReceiveOptions(
                max, visibility, queue.isFifo() ? Fifo.checkedId("ReceiveRequestAttemptId", attemptId) : null);
        SystemAttributes.requireKnown(request.attributeNames());
        SystemAttributes.requireKnown(request.messageSystemAttributeNames());
        Poll poll = new Poll(queue, options, wait, call.connection());
        if (!groupCommit.submit(poll)) {
            throw Operation.overloaded();
        }
        return poll.answer.thenApplyAsync(
                received -> {
                    messages.traffic().of(queue.number()).received(received.size());
                    return answer(request, queue, received);
                },
                call.executor());
    }

    private static int inRange(
            @Nullable Integer value, int min, int max, int byDefault, String parameter, String reason) {
        if (value == null) {
            return byDefault;
        }
        if (value < min || value > max) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "Value " + value + " for parameter " + parameter + " is invalid. Reason: " + reason);
        }
        return value;
    }

    private static Duration seconds(@Nullable Integer value, int max, Duration byDefault, String parameter) {
        int seconds = inRange(
                value, 0, max, (int) byDefault.toSeconds(), parameter, "Must be >= 0 and <= " + max + ", if provided.");
        return Duration.ofSeconds(seconds);
    }

    /** One receive on its way through the group commit. */
    private final class Poll implements Write {
        private final Queue queue;
        private final ReceiveOptions options;
        private final Duration wait;
        private final Call.Connection connection;
        private final CompletableFuture<List<Received>> answer = new CompletableFuture<>();

        Poll(Queue queue, ReceiveOptions options, Duration wait, Call.Connection connection) {
            this.queue = queue;
            this.options = options;
            this.wait = wait;
            this.connection = connection;
        }

        @Override
        public void run(Tx tx) throws SQLException {
            if (connection.isGone()) {
                tx.afterCommit(() -> answer.complete(List.of()));
                return;
            }
            QueueMessages source;
            try {
                if (!connection.hasRoom()) {
                    throw Operation.overloaded();
                }
                source = messages.messagesOf(queue.number());
                if (wait.isZero() && !queue.isFifo() && source.isFull(tx)) {
                    throw SqsError.OVER_LIMIT.because("The queue has " + Limits.MAX_IN_FLIGHT
                            + " messages in flight, as many as it may have. Delete those that are done.");
                }
            } catch (SqsException refusal) {
                tx.afterCommit(() -> answer.completeExceptionally(refusal));
                return;
            }
            List<Received> received = source.receive(tx, options);
            connection.holds(Received.weightBytes(received));
            if (!received.isEmpty() || wait.isZero()) {
                tx.afterCommit(() -> answer.complete(received));
            } else if (connection.mayWait()) {
                await(tx, source);
            } else {
                tx.afterCommit(() -> answer.completeExceptionally(tooManyWait()));
            }
        }

        private static SqsException tooManyWait() {
            return SqsError.REQUEST_THROTTLED.because(
                    "As many requests wait as the server has memory for (holdfast.limits.max-head-bytes-in-hand)."
                            + " Try again with exponential back-off.");
        }

        private void await(Tx tx, QueueMessages source) {
            Waiter waiter = new Waiter(queue.number(), options, tx.nowMillis() + wait.toMillis(), connection, answer);
            if (!messages.longPolls().join(waiter, source, tx.nowMillis())) {
                tx.afterCommit(() -> answer.complete(List.of()));
                return;
            }
            tx.afterCommit(
                    () -> connection.onGone(() -> groupCommit.submit(new Abandoned(messages.longPolls(), waiter))));
        }

        @Override
        public void failed(Exception cause) {
            answer.completeExceptionally(Operation.answerTo(cause));
        }
    }

    /** Takes a waiter out of its line: its client is known to have gone. */
    private record Abandoned(LongPolls longPolls, Waiter waiter) implements Write {
        @Override
        public void run(Tx tx) {
            longPolls.abandon(waiter);
        }

        @Override
        public void failed(Exception cause) {
            // It takes nothing in any case: serving asks the connection.
        }
    }

    /**
     * Gives back what could not be handed over, at once: the messages are visible again, though their receive counts. For
     * an answer whose connection broke.
     */
    public void release(Result.OfReceiveMessage undelivered) {
        List<ReceiptHandle> handles = undelivered.messages().stream()
                .map(message -> ReceiptHandle.decode(message.receiptHandle(), messages.receiptHash()))
                .toList();
        var unused = Operation.submit(groupCommit, tx -> {
            for (ReceiptHandle handle : handles) {
                release(tx, handle);
            }
            return handles.size();
        });
    }

    private void release(Tx tx, ReceiptHandle handle) throws SQLException {
        QueueMessages source = messages.messagesOf(MessageKey.queueNumber(handle.key()));
        Delivery delivery = source.find(tx, handle.key());
        if (delivery != null && delivery.isInFlightBy(handle.receiveCount())) {
            source.changeVisibility(tx, delivery, Duration.ZERO);
        }
    }

    private Result.OfReceiveMessage answer(Request.ReceiveMessage request, Queue queue, List<Received> received) {
        Set<String> systemNames = new HashSet<>(request.attributeNames());
        systemNames.addAll(request.messageSystemAttributeNames());
        List<Result.ReceivedMessage> answers = new ArrayList<>(received.size());
        for (Received one : received) {
            answers.add(answer(one, queue.isFifo(), systemNames, request.messageAttributeNames()));
        }
        return new Result.OfReceiveMessage(answers);
    }

    private Result.ReceivedMessage answer(
            Received received, boolean fifo, Set<String> systemNames, Collection<String> names) {
        Message message = received.message();
        SortedMap<String, MessageAttributeValue> attributes = message.content().attributes() == null || names.isEmpty()
                ? MessageAttributes.decode(null)
                : MessageAttributes.select(
                        MessageAttributes.decode(message.content().attributes()), names);
        return new Result.ReceivedMessage(
                message.messageId().toString(),
                new ReceiptHandle(message.key(), received.receiveCount()).encode(messages.receiptHash()),
                message.content().md5OfBody() != null
                        ? message.content().md5OfBody()
                        : MessageText.md5(MessageText.utf8(message.body())),
                message.body(),
                systemNames.isEmpty() ? Map.of() : SystemAttributes.of(received, fifo, systemNames),
                attributes.isEmpty() ? null : MessageText.md5(MessageAttributes.canonical(attributes)),
                attributes);
    }
}
