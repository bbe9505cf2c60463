package dev.holdfast.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The packaged queue-service as one process for all tests of this module, on a free port and a fresh folder. It is configured with
 * credentials, so that each client's signatures are verified.
 */
final class QueueService implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofMinutes(2);
    private static final Path JAR = Repository.ROOT.resolve("queue-service/target/quarkus-app/quarkus-run.jar");

    private final Path log;
    private final int port;
    private final Process process;

    private QueueService() throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/queue-service")), "data-");
        this.log = folder.resolve("log");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        this.process = launch(folder);
        // No process outlives the tests, however they end.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-queue-service"));
        awaitReady();
    }

    private Process launch(Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
        for (Account account : Account.values()) {
            String prefix = "-Dholdfast.credentials." + account.name().toLowerCase(Locale.ROOT) + ".";
            command.add(prefix + "access-key-id=" + account.accessKeyId);
            command.add(prefix + "secret-access-key=" + account.secretAccessKey);
            command.add(prefix + "account=" + account.number);
        }
        command.addAll(List.of("-jar", JAR.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HOLDFAST_DATA_DIR", folder.toString());
        builder.environment().put("QUEUE_PORT", Integer.toString(port));
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private void awaitReady() throws IOException {
        Awaitility.await("queue-service, see " + log)
                .atMost(START_DEADLINE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> isReady() || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("queue-service did not start:\n" + Files.readString(log));
        }
    }

    private boolean isReady() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest ready = HttpRequest.newBuilder(endpoint().resolve("/q/health/ready"))
                    .build();
            return http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** A client as any program has it; the caller closes it. */
    SqsClient client(Account account) {
        return SqsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(account.credentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Gives the tests the one process, which the end of the last of them stops. */
    static final class Running implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == QueueService.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return Objects.requireNonNull(context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(QueueService.class, started -> start(), QueueService.class));
        }

        private static QueueService start() {
            try {
                return new QueueService();
            } catch (IOException notStarted) {
                throw new UncheckedIOException(notStarted);
            }
        }
    }
}
