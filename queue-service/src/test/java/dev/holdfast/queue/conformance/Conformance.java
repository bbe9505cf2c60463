package dev.holdfast.queue.conformance;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.queue.api.SmithyModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * The conformance suite: every class below runs over both protocols, with the same client and the same expectations. A
 * test checks one documented behaviour of Amazon SQS.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Wire.class)
abstract class Conformance extends SharedServer {
    static final String ACCOUNT = "000000000000";
    static final String NO_QUEUE = "http://localhost/" + ACCOUNT + "/no-such-queue";
    static final int MIB = 1_048_576;

    /** Ten times what the slowest machine should need. */
    static final Duration DEADLINE = Duration.ofSeconds(30);

    @Parameter
    @SuppressWarnings("NullAway.Init")
    Wire wire;

    @Override
    final Wire wire() {
        return wire;
    }

    // Sending.

    /** Returns the message's id. */
    final String send(String body) {
        return sendTo(queueUrl, body);
    }

    final String sendTo(String url, String body) {
        return sqs.sendMessage(request -> request.queueUrl(url).messageBody(body))
                .messageId();
    }

    final String sendDelayed(String body, int seconds) {
        return sqs.sendMessage(
                        request -> request.queueUrl(queueUrl).messageBody(body).delaySeconds(seconds))
                .messageId();
    }

    final void sendWith(Map<String, MessageAttributeValue> attributes) {
        sqs.sendMessage(
                request -> request.queueUrl(queueUrl).messageBody("body").messageAttributes(attributes));
    }

    static SendMessageBatchRequestEntry entry(String id, String body) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }

    static List<SendMessageBatchRequestEntry> entries(int count) {
        return IntStream.range(0, count).mapToObj(i -> entry("i" + i, "m" + i)).toList();
    }

    static MessageAttributeValue text(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }

    static MessageAttributeValue binary(String type, int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        return MessageAttributeValue.builder()
                .dataType(type)
                .binaryValue(SdkBytes.fromByteArray(value))
                .build();
    }

    // Receiving.

    /** Up to ten messages, without waiting. */
    final List<Message> receive() {
        return receiveFrom(queueUrl);
    }

    final List<Message> receiveFrom(String url) {
        return sqs.receiveMessage(request -> request.queueUrl(url)
                        .maxNumberOfMessages(10)
                        .waitTimeSeconds(0)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages();
    }

    final List<String> bodies() {
        return bodies(queueUrl);
    }

    final List<String> bodies(String url) {
        return receiveFrom(url).stream().map(Message::body).toList();
    }

    final Message receiveOne() {
        return receiveOne(queueUrl);
    }

    /** One message, hidden as long as its queue says. */
    final Message receiveOne(String url) {
        List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(url)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages();
        assertThat(messages).as("messages received").hasSize(1);
        return messages.getFirst();
    }

    /** One message, hidden for so long; 0 makes it visible again at once. */
    final Message receiveHidden(int seconds) {
        List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(queueUrl)
                        .visibilityTimeout(seconds)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
        assertThat(messages).as("messages received").hasSize(1);
        return messages.getFirst();
    }

    final CompletableFuture<List<Message>> poll(int waitSeconds) {
        return poll(queueUrl, waitSeconds);
    }

    /** A long poll in the background; {@link #awaitParked} tells when it waits. */
    final CompletableFuture<List<Message>> poll(String url, int waitSeconds) {
        return inBackground(() -> sqs.receiveMessage(
                        request -> request.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(waitSeconds))
                .messages());
    }

    /** On a thread of its own: the common pool has only one on a small machine, and calls wait here. */
    static <T> CompletableFuture<T> inBackground(Supplier<T> call) {
        return CompletableFuture.supplyAsync(
                call, command -> Thread.ofPlatform().daemon().start(command));
    }

    /** Waits until so many long polls wait in the server. */
    static void awaitParked(int polls) {
        await(polls + " polls wait").until(() -> server().metric("holdfast_waiters ") == polls);
    }

    final void delete(Message message) {
        sqs.deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
    }

    final void changeVisibility(Message message, int seconds) {
        sqs.changeMessageVisibility(request -> request.queueUrl(queueUrl)
                .receiptHandle(message.receiptHandle())
                .visibilityTimeout(seconds));
    }

    // Queues.

    final void set(QueueAttributeName name, String value) {
        set(queueUrl, name, value);
    }

    final void set(String url, QueueAttributeName name, String value) {
        sqs.setQueueAttributes(request -> request.queueUrl(url).attributes(Map.of(name, value)));
    }

    final String attribute(QueueAttributeName name) {
        return attribute(queueUrl, name);
    }

    final int waiting() {
        return Integer.parseInt(attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    final int inFlight() {
        return Integer.parseInt(attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    }

    final int delayed() {
        return Integer.parseInt(attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
    }

    static String redrivePolicy(String deadLetterQueueArn, int maxReceiveCount) {
        return "{\"deadLetterTargetArn\":\"" + deadLetterQueueArn + "\",\"maxReceiveCount\":" + maxReceiveCount + "}";
    }

    // Refusals.

    /**
     * The call is refused with this code of the Query protocol, which SDKs show on both, and with the status that the model
     * gives it. Returns the message for more.
     */
    static AbstractStringAssert<?> assertRefused(String code, ThrowingCallable call) {
        SqsException refusal = catchThrowableOfType(SqsException.class, call);
        assertThat(refusal).as("it was not refused").isNotNull();
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refusal.statusCode()).isEqualTo(status(code));
        assertThat(refusal.requestId()).isNotBlank();
        return assertThat(refusal.awsErrorDetails().errorMessage());
    }

    private static int status(String code) {
        return SmithyModel.get().errors().stream()
                .filter(error -> error.queryCode().equals(Optional.of(code)))
                .findFirst()
                .flatMap(SmithyModel.Refusal::httpStatus)
                .orElse(400);
    }
}
