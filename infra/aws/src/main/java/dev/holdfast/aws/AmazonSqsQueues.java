package dev.holdfast.aws;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** The pipeline's two queues on Amazon SQS, with the settings that the producer gives them elsewhere. */
final class AmazonSqsQueues {
    static final String NAME = "price-events";
    static final String DEAD_LETTER_NAME = "price-events-dlq";

    /** A message that five receives did not get deleted is a dead letter. */
    private static final int MAX_RECEIVE_COUNT = 5;

    private final Queue queue;
    private final Queue deadLetterQueue;

    AmazonSqsQueues(Construct scope) {
        deadLetterQueue = Queue.Builder.create(scope, "DeadLetterQueue")
                .queueName(DEAD_LETTER_NAME)
                .retentionPeriod(Duration.days(14))
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        queue = Queue.Builder.create(scope, "Queue")
                .queueName(NAME)
                .visibilityTimeout(Duration.seconds(30))
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetterQueue)
                        .maxReceiveCount(MAX_RECEIVE_COUNT)
                        .build())
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }

    List<String> arns() {
        return List.of(queue.getQueueArn(), deadLetterQueue.getQueueArn());
    }
}
