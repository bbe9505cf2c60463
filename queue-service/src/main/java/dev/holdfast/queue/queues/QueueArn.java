package dev.holdfast.queue.queues;

import java.util.Optional;

/** A queue's name in policies: {@code arn:aws:sqs:region:account:name}. */
public record QueueArn(String region, String account, String name) {

    /** Empty when the text is not the ARN of an SQS queue. */
    public static Optional<QueueArn> parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 6 || !parts[0].equals("arn") || !parts[2].equals("sqs") || parts[5].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new QueueArn(parts[3], parts[4], parts[5]));
    }

    @Override
    public String toString() {
        return "arn:aws:sqs:" + region + ":" + account + ":" + name;
    }
}
