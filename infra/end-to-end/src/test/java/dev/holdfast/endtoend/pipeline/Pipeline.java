package dev.holdfast.endtoend.pipeline;

import static dev.holdfast.harness.Deadline.await;

import dev.holdfast.harness.Deadline;
import dev.holdfast.harness.Ports;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.Repository;
import dev.holdfast.harness.RunningProgram;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Sqs;
import dev.holdfast.harness.Web;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The services as processes started by infra/run, with ports and a folder of their own. Not thread-safe, but for {@link #sqs()} and
 * what it returns. Closing kills what still runs.
 */
public final class Pipeline implements AutoCloseable {
    private final Path home;
    private final Map<Service, Integer> ports = new EnumMap<>(Service.class);
    private final Map<Service, List<String>> settings = new EnumMap<>(Service.class);
    private final Map<Service, RunningProgram> running = new ConcurrentHashMap<>();
    private final List<RunningProgram> others = new ArrayList<>();
    private final URI queueEndpoint;
    private final SqsClient sqs;

    /** With our own queue-service as the queue. */
    public Pipeline(Path home) {
        this(home, Ports.free());
    }

    /** With whatever SQS server listens on that port; {@link Service#QUEUE} is started only where the test says so. */
    public Pipeline(Path home, int queuePort) {
        this.home = home;
        for (Service service : Service.values()) {
            ports.put(service, service == Service.QUEUE ? queuePort : Ports.free());
            settings.put(service, new ArrayList<>());
        }
        this.queueEndpoint = URI.create("http://127.0.0.1:" + queuePort);
        this.sqs = client(queueEndpoint);
    }

    /** Hands settings, each {@code -Dkey=value}, to the service at its next start. */
    public Pipeline with(Service service, String... keyValues) {
        Arrays.stream(keyValues).map(keyValue -> "-D" + keyValue).forEach(settings(service)::add);
        return this;
    }

    /** Starts them in the order given, and waits until all are ready. */
    public void start(Service... services) {
        for (Service service : services) {
            launch(service);
        }
        for (Service service : services) {
            awaitReady(service);
        }
    }

    /** SIGTERM, as systemd and infra/demo do. Returns the exit code. */
    public int stop(Service service) {
        int exitCode = process(service).stop();
        running.remove(service);
        return exitCode;
    }

    /** SIGKILL: no last word. */
    public void kill(Service service) {
        process(service).kill();
        running.remove(service);
    }

    /** Waits until it has ended by itself. Returns the exit code. */
    public int awaitEnd(Service service) {
        int exitCode = process(service).awaitEnd();
        running.remove(service);
        return exitCode;
    }

    /** Takes the CPU away from it, as a machine does that is far too busy. */
    public void freeze(Service service) {
        process(service).freeze();
    }

    public void thaw(Service service) {
        process(service).thaw();
    }

    /** Another consumer beside the first, on the same database; ended at the latest with the pipeline. */
    public RunningProgram startAnotherConsumer(String name) {
        RunningProgram consumer = infraRun(Service.CONSUMER, "--name", name)
                .and(List.of("--"))
                .and(settings(Service.CONSUMER))
                .start(log(Service.CONSUMER));
        others.add(consumer);
        return consumer;
    }

    /** Runs one of the service's own commands beside it. */
    public Program.Outcome command(Service service, String... arguments) {
        return infraRun(service)
                .and(List.of("--"))
                .and(settings(service))
                .and(List.of(arguments))
                .run(Deadline.LIMIT);
    }

    public boolean isRunning(Service service) {
        RunningProgram process = running.get(service);
        return process != null && process.isAlive();
    }

    public Web web(Service service) {
        return new Web(port(service));
    }

    public int port(Service service) {
        return Objects.requireNonNull(ports.get(service));
    }

    /** Where the service keeps its databases. */
    public Path folder(Service service) {
        return home.resolve(service.folder());
    }

    /** What it has printed since its latest start. */
    public String printed(Service service) {
        return process(service).printed();
    }

    /** A client of the queue that does not retry, so that an error is seen as what it is: an unknown outcome. */
    public SqsClient sqs() {
        return sqs;
    }

    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOLDFAST_HOME", home.toString());
        ports.forEach((service, port) -> environment.put(service.portSetting(), port.toString()));
        return environment;
    }

    @Override
    public void close() {
        running.values().forEach(RunningProgram::close);
        others.forEach(RunningProgram::close);
        sqs.close();
    }

    private void launch(Service service) {
        if (isRunning(service)) {
            throw new IllegalStateException(service + " runs already");
        }
        running.put(
                service,
                infraRun(service).and(List.of("--")).and(settings(service)).start(log(service)));
    }

    private Program infraRun(Service service, String... options) {
        return Program.of(Repository.infra("run").toString(), service.folder())
                .and(List.of(options))
                .with(environment())
                .with(Map.of("HOLDFAST_SQS_ENDPOINT", queueEndpoint.toString()));
    }

    private void awaitReady(Service service) {
        Web web = web(service);
        await(service + " is ready").until(() -> {
            process(service).checkAlive();
            return web.answers("/q/health/ready");
        });
    }

    private Path log(Service service) {
        return folder(service).resolve("log");
    }

    private RunningProgram process(Service service) {
        RunningProgram process = running.get(service);
        if (process == null) {
            throw new IllegalStateException(service + " was not started");
        }
        return process;
    }

    private List<String> settings(Service service) {
        return settings.computeIfAbsent(service, any -> new ArrayList<>());
    }

    private static SqsClient client(URI endpoint) {
        return Sqs.builder(endpoint)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(30)))
                .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }
}
