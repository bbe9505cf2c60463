package dev.holdfast.queue.conformance;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** One server for all suites of a run, whose time can be moved forward, and a queue of its own for each test. */
abstract class SharedServer {
    private static final ServerProcess SERVER = start();
    private static final Map<Wire, SqsClient> CLIENTS = new EnumMap<>(Wire.class);

    SqsClient sqs;
    String queueUrl;

    private static ServerProcess start() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "conformance")), "server")
                    .toAbsolutePath();
            ServerProcess server = new ServerProcess(folder, "-Dholdfast.test-clock=true");
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static ServerProcess server() {
        return SERVER;
    }

    /** Which protocol the client of this suite speaks. */
    Wire wire() {
        return Wire.JSON;
    }

    @BeforeEach
    final void createQueue() {
        sqs = CLIENTS.computeIfAbsent(wire(), wire -> SERVER.client(wire.http()));
        queueUrl = create(Map.of());
    }

    /** Moves the server's time forward; what became due by that is done when this returns. */
    static void advance(Duration step) {
        try {
            HttpResponse<String> answer =
                    SERVER.send(HttpRequest.newBuilder(SERVER.url().resolve("/_holdfast/clock?advance=" + step))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build());
            if (answer.statusCode() != 204) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String freshName() {
        return "q-" + UUID.randomUUID();
    }

    final String create(Map<QueueAttributeName, String> attributes) {
        return create(freshName(), attributes);
    }

    final String create(String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(request -> request.queueName(name).attributes(attributes))
                .queueUrl();
    }

    final String attribute(String url, QueueAttributeName name) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(name))
                .attributes()
                .getOrDefault(name, "absent");
    }

    final String arn(String url) {
        return attribute(url, QueueAttributeName.QUEUE_ARN);
    }
}
