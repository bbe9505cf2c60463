package dev.holdfast.queue.conformance;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** The packaged queue-service as a process of its own, on a free port and the folder given. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofMinutes(2);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path folder;
    private final int port;
    private final List<String> settings;
    private final Map<String, String> environment;
    private Process process;

    public ServerProcess(Path folder, String... settings) throws IOException {
        this(folder, Map.of(), settings);
    }

    /**
     * @param environment variables of the process, beside those of this one
     */
    public ServerProcess(Path folder, Map<String, String> environment, String... settings) throws IOException {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.settings = List.of(settings);
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
        this.process = launch();
        awaitReady();
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:AOTCache=target/app.aot",
                "-Xlog:aot=off",
                "-Xlog:cds=off",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(settings);
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.environment().put("HOLDFAST_DATA_DIR", folder.toString());
        builder.environment().put("QUEUE_PORT", Integer.toString(port));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        return builder.start();
    }

    private Path log() {
        return folder.resolve("log");
    }

    /** What it has printed, all starts together. */
    public String printed() throws IOException {
        return Files.readString(log());
    }

    private void awaitReady() throws IOException {
        Instant deadline = Instant.now().plus(START_DEADLINE);
        while (!isReady()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("queue-service did not start:\n" + Files.readString(log()));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private boolean isReady() {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** A GET on a path of the server. */
    public HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(url().resolve(path)).build());
    }

    /** The sum of the samples on its page of metrics that begin so: a name, maybe with labels. */
    public double metric(String beginning) throws IOException {
        double[] samples = get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toArray();
        if (samples.length == 0) {
            throw new IllegalStateException("no metric begins with " + beginning);
        }
        return Arrays.stream(samples).sum();
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public URI url() {
        return URI.create("http://localhost:" + port);
    }

    /** A client as any program has it; the caller closes it. */
    public SqsClient client() {
        return client("any", "any");
    }

    public SqsClient client(String accessKeyId, String secretAccessKey) {
        return builder(accessKeyId, secretAccessKey)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** A client over an HTTP client of the test's own. */
    SqsClient client(SdkHttpClient http) {
        return builder("any", "any").httpClient(http).build();
    }

    /** For a client with settings of its own. */
    public SqsClientBuilder clientBuilder() {
        return builder("any", "any").httpClientBuilder(UrlConnectionHttpClient.builder());
    }

    private SqsClientBuilder builder(String accessKeyId, String secretAccessKey) {
        return SqsClient.builder()
                .endpointOverride(url())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)));
    }

    /** kill -9. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM. */
    public int stop() {
        process.destroy();
        awaitEnd();
        return process.exitValue();
    }

    private void awaitEnd() {
        awaitExit(Duration.ofSeconds(60));
    }

    /** Waits until it ends by itself, and returns its exit code. */
    public int awaitExit(Duration deadline) {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("queue-service did not end within " + deadline);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Starts it again on the same port and folder. */
    public void restart() throws IOException {
        process = launch();
        awaitReady();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
