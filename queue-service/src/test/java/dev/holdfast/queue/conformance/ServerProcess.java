package dev.holdfast.queue.conformance;

import dev.holdfast.harness.PackagedService;
import dev.holdfast.harness.RunningService;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Sqs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** The packaged queue-service as a process of its own, with the clients that its tests need. */
public final class ServerProcess implements AutoCloseable {
    private final Path folder;
    private final RunningService service;

    public ServerProcess(Path folder, String... settings) throws IOException {
        this(folder, Map.of(), settings);
    }

    /**
     * @param environment variables of the process, beside those of this one
     */
    public ServerProcess(Path folder, Map<String, String> environment, String... settings) throws IOException {
        this.folder = folder;
        this.service = PackagedService.of(Service.QUEUE, folder)
                .with(settings)
                .with(environment)
                .start();
    }

    /** What it has printed, all starts together. */
    public String printed() throws IOException {
        return Files.readString(folder.resolve("log"));
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
            return service.web().send(request);
        } catch (UncheckedIOException notAnswered) {
            throw notAnswered.getCause();
        }
    }

    public URI url() {
        return URI.create("http://localhost:" + service.port());
    }

    /** A client as any program has it; the caller closes it. */
    public SqsClient client() {
        return clientBuilder().build();
    }

    public SqsClient client(String accessKeyId, String secretAccessKey) {
        return clientBuilder()
                .credentialsProvider(Sqs.credentials(accessKeyId, secretAccessKey))
                .build();
    }

    /** A client over an HTTP client of the test's own. */
    SqsClient client(SdkHttpClient http) {
        return Sqs.builder(url(), http).build();
    }

    /** For a client with settings of its own. */
    public SqsClientBuilder clientBuilder() {
        return Sqs.builder(url());
    }

    /** kill -9. */
    public void kill() {
        service.kill();
    }

    /** SIGTERM. */
    public int stop() {
        return service.stop();
    }

    /** Waits until it ends by itself, and returns its exit code. */
    public int awaitExit(Duration deadline) {
        return service.process().awaitEnd(deadline);
    }

    public long pid() {
        return service.process().pid();
    }

    /** Starts it again on the same port and folder. */
    public void restart() throws IOException {
        service.restart();
    }

    public boolean isAlive() {
        return service.process().isAlive();
    }

    @Override
    public void close() {
        service.close();
    }
}
