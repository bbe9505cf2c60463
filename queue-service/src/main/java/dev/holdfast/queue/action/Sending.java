package dev.holdfast.queue.action;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Characters;
import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.MessageAttributeValue;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.commit.GroupCommit;
import dev.holdfast.queue.commit.Operation;
import dev.holdfast.queue.engine.MessageEngine;
import dev.holdfast.queue.engine.QueueMessages;
import dev.holdfast.queue.message.Content;
import dev.holdfast.queue.message.Fingerprint;
import dev.holdfast.queue.message.Grouping;
import dev.holdfast.queue.message.MessageAttributes;
import dev.holdfast.queue.message.MessageId;
import dev.holdfast.queue.message.MessageText;
import dev.holdfast.queue.message.NewMessage;
import dev.holdfast.queue.queues.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** SendMessage and SendMessageBatch. Everything that can be refused is refused before a message enters a transaction. */
public final class Sending {
    private static final String TRACE_HEADER = "AWSTraceHeader";
    private static final String GROUP_MISSING = "The request must contain the parameter MessageGroupId.";

    private final GroupCommit groupCommit;
    private final MessageEngine messages;

    public Sending(GroupCommit groupCommit, MessageEngine messages) {
        this.groupCommit = groupCommit;
        this.messages = messages;
    }

    /** A draft and the further checksums its sender is told. */
    private record Prepared(
            NewMessage draft,
            String md5OfBody,
            @Nullable String md5OfAttributes,
            @Nullable String md5OfSystemAttributes) {}

    public CompletionStage<Result.OfSendMessage> send(Request.SendMessage request, Queue queue, Call call) {
        Prepared prepared = prepare(
                queue,
                call,
                request.messageBody(),
                request.delaySeconds(),
                request.messageAttributes(),
                request.messageSystemAttributes(),
                request.messageGroupId(),
                request.messageDeduplicationId());
        return Operation.submit(groupCommit, prepared.draft.sizeBytes(), tx -> {
            QueueMessages.Sent sent = messages.messagesOf(queue.number()).send(tx, prepared.draft);
            tx.afterCommit(() -> messages.traffic().of(queue.number()).sent(1, prepared.draft.sizeBytes()));
            return new Result.OfSendMessage(
                    prepared.md5OfBody,
                    prepared.md5OfAttributes,
                    prepared.md5OfSystemAttributes,
                    sent.messageId().toString(),
                    sent.sequenceNumber());
        });
    }

    public CompletionStage<Result.OfSendMessageBatch> sendBatch(
            Request.SendMessageBatch request, Queue queue, Call call) {
        Batch.check("SendMessageBatchRequestEntry", request.entries());
        requireForEach(queue, request.entries());
        List<String> ids = new ArrayList<>();
        List<Prepared> accepted = new ArrayList<>();
        List<Result.BatchError> failed = new ArrayList<>();
        long totalBytes = 0;
        for (Request.SendMessageBatch.Entry entry : request.entries()) {
            int before = accepted.size();
            Batch.attempt(entry.id(), failed, () -> {
                Prepared prepared = prepare(
                        queue,
                        call,
                        entry.messageBody(),
                        entry.delaySeconds(),
                        entry.messageAttributes(),
                        entry.messageSystemAttributes(),
                        entry.messageGroupId(),
                        entry.messageDeduplicationId());
                ids.add(entry.id());
                accepted.add(prepared);
            });
            totalBytes += accepted.size() > before ? accepted.getLast().draft.sizeBytes() : rawSize(entry);
        }
        if (totalBytes > Limits.MAX_MESSAGE_BYTES) {
            throw SqsError.BATCH_TOO_LONG.because("Batch requests cannot be longer than " + Limits.MAX_MESSAGE_BYTES
                    + " bytes. You have sent " + totalBytes + " bytes.");
        }
        return Operation.submit(groupCommit, (int) totalBytes, tx -> {
            QueueMessages target = messages.messagesOf(queue.number());
            List<Result.OfSendMessageBatch.Entry> successful = new ArrayList<>(accepted.size());
            for (int i = 0; i < accepted.size(); i++) {
                Prepared prepared = accepted.get(i);
                QueueMessages.Sent sent = target.send(tx, prepared.draft);
                successful.add(new Result.OfSendMessageBatch.Entry(
                        ids.get(i),
                        sent.messageId().toString(),
                        prepared.md5OfBody,
                        prepared.md5OfAttributes,
                        prepared.md5OfSystemAttributes,
                        sent.sequenceNumber()));
            }
            long bytes =
                    accepted.stream().mapToLong(one -> one.draft.sizeBytes()).sum();
            tx.afterCommit(() -> messages.traffic().of(queue.number()).sent(accepted.size(), bytes));
            return new Result.OfSendMessageBatch(successful, failed);
        });
    }

    /**
     * What a FIFO queue needs of each of its messages: where one lacks it, the whole batch is refused. What is wrong in an
     * entry otherwise, its values and its size, refuses that entry alone. (Recorded, and for the group another code than in
     * SendMessage.)
     */
    private static void requireForEach(Queue queue, List<Request.SendMessageBatch.Entry> entries) {
        if (!queue.isFifo()) {
            return;
        }
        for (Request.SendMessageBatch.Entry entry : entries) {
            if (entry.messageGroupId() == null) {
                throw SqsError.INVALID_PARAMETER_VALUE.because(GROUP_MISSING);
            }
            requireDeduplicationId(queue, entry.messageDeduplicationId());
        }
    }

    private static void requireDeduplicationId(Queue queue, @Nullable String deduplicationId) {
        if (deduplicationId == null && !queue.attributes().contentBasedDeduplication()) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
        }
    }

    private static Prepared prepare(
            Queue queue,
            Call call,
            String body,
            @Nullable Integer delaySeconds,
            Map<String, MessageAttributeValue> attributes,
            Map<String, MessageAttributeValue> systemAttributes,
            @Nullable String groupId,
            @Nullable String deduplicationId) {
        if (body.isEmpty()) {
            throw SqsError.MISSING_PARAMETER.because("The request must contain the parameter MessageBody.");
        }
        String why = Characters.whyForbidden(body, "the message body");
        if (why != null) {
            throw SqsError.INVALID_MESSAGE_CONTENTS.because(why);
        }
        byte[] utf8 = MessageText.utf8(body);
        Fifo.checkedId("MessageGroupId", groupId);
        Fifo.checkedId("MessageDeduplicationId", deduplicationId);
        checkForQueueType(queue, delaySeconds, groupId, deduplicationId);
        String md5OfBody = MessageText.md5(utf8);
        byte[] encoded = MessageAttributes.encode(attributes);
        String ownTraceHeader = traceHeader(systemAttributes);
        String uniqueId = queue.isFifo() && deduplicationId == null ? Fingerprint.ofContent(utf8) : deduplicationId;
        String traceHeader = ownTraceHeader != null ? ownTraceHeader : traceHeader(call);
        NewMessage draft = new NewMessage(
                MessageId.random(),
                new Content(body, md5OfBody, encoded, call.account(), traceHeader),
                utf8,
                Grouping.of(groupId, uniqueId),
                uniqueId == null
                        ? null
                        : Fingerprint.of(queue.number(), queue.deduplicatesPerGroup() ? groupId : null, uniqueId),
                delay(delaySeconds),
                utf8.length + MessageAttributes.sizeBytes(encoded));
        requireSize(queue, draft.sizeBytes());
        return new Prepared(
                draft,
                md5OfBody,
                encoded == null ? null : MessageText.md5(encoded),
                ownTraceHeader == null ? null : MessageText.md5(MessageAttributes.canonical(systemAttributes)));
    }

    private static @Nullable Duration delay(@Nullable Integer seconds) {
        if (seconds == null) {
            return null;
        }
        if (seconds < 0 || seconds > Limits.MAX_DELAY_SECONDS) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Value " + seconds
                    + " for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= "
                    + Limits.MAX_DELAY_SECONDS + ".");
        }
        return Duration.ofSeconds(seconds);
    }

    /** That of the HTTP request, for a message without its own. */
    private static @Nullable String traceHeader(Call call) {
        String header = call.traceHeader();
        return header == null || header.isBlank() || !Characters.isAllowed(header) ? null : header;
    }

    /** The only system attribute that can be sent. It does not count toward the size. */
    private static @Nullable String traceHeader(Map<String, MessageAttributeValue> systemAttributes) {
        String header = null;
        for (Map.Entry<String, MessageAttributeValue> attribute : systemAttributes.entrySet()) {
            if (!attribute.getKey().equals(TRACE_HEADER)) {
                throw SqsError.INVALID_PARAMETER_VALUE.because("Message system attribute name '" + attribute.getKey()
                        + "' is invalid. The only one that can be sent is " + TRACE_HEADER + ".");
            }
            header = attribute.getValue().stringValue();
            if (header == null || header.isEmpty() || !isPlainText(attribute.getValue())) {
                throw SqsError.INVALID_PARAMETER_VALUE.because("Message system attribute " + TRACE_HEADER
                        + " must have the data type String and a non-empty StringValue.");
            }
        }
        return header;
    }

    private static boolean isPlainText(MessageAttributeValue value) {
        return value.dataType().equals("String")
                && value.binaryValue() == null
                && value.stringListValues().isEmpty()
                && value.binaryListValues().isEmpty()
                && Characters.isAllowed(String.valueOf(value.stringValue()));
    }

    /** What a FIFO queue needs to know of a message is there, and a standard queue is not told of duplicates. */
    private static void checkForQueueType(
            Queue queue, @Nullable Integer delaySeconds, @Nullable String groupId, @Nullable String deduplicationId) {
        if (!queue.isFifo()) {
            if (deduplicationId != null) {
                throw Fifo.notForThisQueueType(Batch.shortened(deduplicationId), "MessageDeduplicationId");
            }
            return;
        }
        if (groupId == null) {
            throw SqsError.MISSING_PARAMETER.because(GROUP_MISSING);
        }
        if (delaySeconds != null && delaySeconds != 0) {
            throw Fifo.notForThisQueueType(delaySeconds, "DelaySeconds");
        }
        requireDeduplicationId(queue, deduplicationId);
    }

    private static void requireSize(Queue queue, int sizeBytes) {
        int max = queue.attributes().maximumMessageSizeBytes();
        if (sizeBytes > max) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "One or more parameters are invalid. Reason: Message must be shorter than " + max + " bytes.");
        }
    }

    /** What an entry that is refused alone counts toward the batch's limit. */
    private static long rawSize(Request.SendMessageBatch.Entry entry) {
        long size = MessageText.utf8Length(entry.messageBody());
        for (Map.Entry<String, MessageAttributeValue> attribute :
                entry.messageAttributes().entrySet()) {
            MessageAttributeValue value = attribute.getValue();
            size += MessageText.utf8Length(attribute.getKey()) + MessageText.utf8Length(value.dataType());
            size += value.stringValue() == null ? 0 : MessageText.utf8Length(value.stringValue());
            size += value.binaryValue() == null ? 0 : value.binaryValue().length;
        }
        return size;
    }
}
