package dev.holdfast.endtoend.harness;

import static org.awaitility.Awaitility.await;

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
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The services as processes started by infra/run, with ports and a folder of their own. Not thread-safe, but for {@link #sqs()} and
 * what it returns. Closing kills what still runs.
 */
public final class Pipeline implements AutoCloseable {
    /** Ten times what a loaded machine was seen to need. */
    public static final Duration START_DEADLINE = Duration.ofSeconds(60);

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);

    private final Path home;
    private final Map<Service, Integer> ports = new EnumMap<>(Service.class);
    private final Map<Service, List<String>> settings = new EnumMap<>(Service.class);
    private final Map<Service, Process> running = new ConcurrentHashMap<>();
    private final List<Process> others = new ArrayList<>();
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
        Arrays.stream(keyValues).map(keyValue -> "-D" + keyValue).forEach(setting(service)::add);
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
        Process process = process(service);
        process.destroy();
        return ended(service, process);
    }

    /** SIGKILL: no last word. */
    public void kill(Service service) {
        Process process = process(service);
        process.destroyForcibly();
        ended(service, process);
    }

    /** Waits until it has ended by itself. Returns the exit code. */
    public int awaitEnd(Service service) {
        return ended(service, process(service));
    }

    /** Takes the CPU away from it, as a machine does that is far too busy. */
    public void freeze(Service service) {
        signal(service, "-STOP");
    }

    public void thaw(Service service) {
        signal(service, "-CONT");
    }

    /** Another consumer beside the first, on the same database; killed at the latest with the pipeline. */
    public Process startAnotherConsumer(String name) {
        ProcessBuilder builder = infraRun(Service.CONSUMER, List.of());
        builder.command().addAll(2, List.of("--name", name));
        Process process = Children.start(builder, log(Service.CONSUMER));
        others.add(process);
        return process;
    }

    /** Runs one of the service's own commands beside it; its output is at the end of {@link #log}. Returns the exit code. */
    public int command(Service service, String... arguments) {
        return Children.await(Children.start(infraRun(service, List.of(arguments)), log(service)), START_DEADLINE);
    }

    public boolean isRunning(Service service) {
        Process process = running.get(service);
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

    public Path log(Service service) {
        return folder(service).resolve("log");
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
        running.keySet().forEach(this::kill);
        others.forEach(Process::destroyForcibly);
        others.forEach(process -> Children.await(process, STOP_DEADLINE));
        sqs.close();
    }

    private void launch(Service service) {
        if (isRunning(service)) {
            throw new IllegalStateException(service + " runs already");
        }
        running.put(service, Children.start(infraRun(service, List.of()), log(service)));
    }

    private ProcessBuilder infraRun(Service service, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Repository.script("run").toString(), service.folder(), "--"));
        command.addAll(setting(service));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment());
        builder.environment().put("HOLDFAST_SQS_ENDPOINT", queueEndpoint.toString());
        return builder;
    }

    private void awaitReady(Service service) {
        Web web = web(service);
        await(service + " is ready")
                .atMost(START_DEADLINE)
                .pollInterval(Duration.ofMillis(50))
                .failFast(service + " runs", () -> Children.checkRunning(process(service), log(service)))
                .until(() -> web.answers("/q/health/ready"));
    }

    private void signal(Service service, String signal) {
        Children.await(
                Children.start(
                        new ProcessBuilder(
                                "kill", signal, Long.toString(process(service).pid())),
                        log(service)),
                STOP_DEADLINE);
    }

    private int ended(Service service, Process process) {
        int exitCode = Children.await(process, STOP_DEADLINE);
        running.remove(service);
        return exitCode;
    }

    private Process process(Service service) {
        Process process = running.get(service);
        if (process == null) {
            throw new IllegalStateException(service + " was not started");
        }
        return process;
    }

    private List<String> setting(Service service) {
        return settings.computeIfAbsent(service, any -> new ArrayList<>());
    }

    private static SqsClient client(URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(30)))
                .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }
}
