package dev.holdfast.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

class ElasticMqTest {
    @Test
    void servesTheSdk(@TempDir Path folder) {
        try (ElasticMq peer = new ElasticMq(folder);
                SqsClient sqs = Sqs.client(peer.endpoint())) {
            String url = sqs.createQueue(request -> request.queueName("orders")).queueUrl();
            sqs.sendMessage(request -> request.queueUrl(url).messageBody("hello"));

            assertThat(sqs.receiveMessage(request -> request.queueUrl(url)).messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.body()).isEqualTo("hello"));
        }
    }
}
