package dev.holdfast.consumer.queue;

import dev.holdfast.kit.sqs.SqsClients;
import dev.holdfast.kit.sqs.SqsConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** The queue of price events on any SQS. Looks it up by name and never creates it. Every call may throw SdkException. Thread-safe. */
public final class PriceQueue {
    /** The longest poll SQS allows: fewest empty answers. */
    static final int WAIT_SECONDS = 20;

    /** The most SQS hands out, deletes or changes in one call. */
    static final int MAX_BATCH = 10;

    /** A server that is there answers the connection at once. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Longer than the longest poll, or each idle one would end in an error. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(WAIT_SECONDS + 15L);

    /** As many receivers as there can be. */
    private static final int CONNECTIONS = 64;

    private final SqsClient sqs;
    private final String name;
    private final Reachability reachability;
    private volatile @Nullable String url;
    private volatile int visibilityTimeoutSeconds = -1;

    public PriceQueue(SqsClient sqs, String name, Reachability reachability) {
        this.sqs = sqs;
        this.name = name;
        this.reachability = reachability;
    }

    /** A client for the calls of this class. The receivers back off by themselves and say so; retries of the SDK would hide that. */
    public static SqsClientBuilder client(SqsConfig config) {
        SqsClients.keepConnections(CONNECTIONS);
        return SqsClients.builder(config, CONNECT_TIMEOUT, READ_TIMEOUT)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()));
    }

    /** Up to ten messages, waiting up to twenty seconds for the first; an interrupt of a virtual thread ends the wait. */
    List<Message> receive() {
        return receive(WAIT_SECONDS);
    }

    /** Up to ten messages of those that wait now. */
    List<Message> receiveWithoutWaiting() {
        return receive(0);
    }

    private List<Message> receive(int waitSeconds) {
        return calling(queueUrl -> sqs.receiveMessage(r -> r.queueUrl(queueUrl)
                        .maxNumberOfMessages(MAX_BATCH)
                        .waitTimeSeconds(waitSeconds)
                        .messageAttributeNames(MessageReading.PRODUCER_ID, MessageReading.SEQUENCE)
                        .messageSystemAttributeNames(
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                                MessageSystemAttributeName.SENT_TIMESTAMP))
                .messages());
    }

    /** Deletes the messages, ten in a call; returns what the queue said about those it did not delete. */
    List<String> delete(List<String> receiptHandles) {
        return inTens(receiptHandles, this::deleteTen);
    }

    private List<String> deleteTen(List<String> receiptHandles) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String receiptHandle : receiptHandles) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(receiptHandle)
                    .build());
        }
        return refusals(calling(
                queueUrl -> sqs.deleteMessageBatch(r -> r.queueUrl(queueUrl).entries(entries))
                        .failed()));
    }

    /** Lets the messages become visible this many seconds from now, ten in a call; 0 hands them back at once. */
    List<String> changeVisibility(List<String> receiptHandles, int seconds) {
        return inTens(receiptHandles, ten -> changeVisibilityOfTen(ten, seconds));
    }

    private List<String> changeVisibilityOfTen(List<String> receiptHandles, int seconds) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        for (String receiptHandle : receiptHandles) {
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(receiptHandle)
                    .visibilityTimeout(seconds)
                    .build());
        }
        return refusals(calling(queueUrl -> sqs.changeMessageVisibilityBatch(
                        r -> r.queueUrl(queueUrl).entries(entries))
                .failed()));
    }

    /** Asks for the queue's visibility timeout, which may be changed at any time. */
    void readVisibilityTimeout() {
        Map<QueueAttributeName, String> attributes = calling(queueUrl -> sqs.getQueueAttributes(
                        r -> r.queueUrl(queueUrl).attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT))
                .attributes());
        visibilityTimeoutSeconds =
                Integer.parseInt(attributes.getOrDefault(QueueAttributeName.VISIBILITY_TIMEOUT, "-1"));
    }

    /** As last read; empty before that. */
    public OptionalInt visibilityTimeoutSeconds() {
        return visibilityTimeoutSeconds < 0 ? OptionalInt.empty() : OptionalInt.of(visibilityTimeoutSeconds);
    }

    public String name() {
        return name;
    }

    private static List<String> inTens(List<String> all, UnaryOperator<List<String>> call) {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < all.size(); i += MAX_BATCH) {
            answers.addAll(call.apply(all.subList(i, Math.min(i + MAX_BATCH, all.size()))));
        }
        return answers;
    }

    private interface Call<T> {
        T on(String queueUrl);
    }

    private <T> T calling(Call<T> call) {
        try {
            T answer = call.on(url());
            reachability.reached();
            return answer;
        } catch (QueueDoesNotExistException e) {
            // It may come back under another URL.
            url = null;
            reachability.noSuchQueue();
            throw e;
        } catch (SdkException e) {
            if (!Thread.currentThread().isInterrupted()) {
                reachability.unreachable(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private String url() {
        String known = url;
        if (known == null) {
            known = sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
            url = known;
        }
        return known;
    }

    private static List<String> refusals(List<BatchResultErrorEntry> failed) {
        return failed.stream()
                .map(entry -> entry.code() + ": " + entry.message())
                .toList();
    }
}
