package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.PurgeQueueInProgressException;
import software.amazon.awssdk.services.sqs.model.QueueDeletedRecentlyException;

/** The pauses of Amazon SQS, where the server is told to keep them. */
class StrictTimingIT {
    @TempDir
    Path folder;

    @Test
    void secondPurgeAndNamesakeOfADeletedQueueWaitSixtySeconds() throws IOException {
        try (ServerProcess server = new ServerProcess(folder, "-Dholdfast.strict-timing=true");
                SqsClient sqs = server.client()) {
            String url = sqs.createQueue(request -> request.queueName("strict")).queueUrl();
            sqs.purgeQueue(request -> request.queueUrl(url));

            assertThatThrownBy(() -> sqs.purgeQueue(request -> request.queueUrl(url)))
                    .isInstanceOfSatisfying(
                            PurgeQueueInProgressException.class,
                            refusal -> assertThat(refusal.statusCode()).isEqualTo(403));

            sqs.deleteQueue(request -> request.queueUrl(url));
            assertThatThrownBy(() -> sqs.createQueue(request -> request.queueName("strict")))
                    .isInstanceOf(QueueDeletedRecentlyException.class);
        }
    }
}
