package dev.holdfast.container;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.harness.Ports;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.Repository;
import dev.holdfast.harness.Sqs;
import dev.holdfast.harness.Web;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Both images as anybody has them: built, loaded, run with what an orchestrator takes away from a container, replaced. */
class ImagesIT {
    private static final Path ARCHIVES = Repository.ROOT.resolve("infra/container/target");
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
    private static final String QUEUE_IMAGE = "holdfast/queue-service";
    private static final String DEMO_IMAGE = "holdfast/demo";
    private static final int JAVA_OF_IMAGES = 25;
    private static final long QUEUE_IMAGE_BYTES_MAX = 200_000_000;

    @TempDir
    private static Path folder;

    private static Podman podman;

    @BeforeAll
    static void buildAndLoad() {
        assumeTrue(
                Runtime.version().feature() >= JAVA_OF_IMAGES, "the images' Java runtime takes JDK " + JAVA_OF_IMAGES);
        for (String program : List.of("mmdebstrap", "buildah", "podman")) {
            assumeTrue(isInstalled(program), program + " is not installed here");
        }
        var built = Program.of(Repository.infra("image").toString()).run(BUILD_LIMIT);
        assertThat(built.exitCode()).as(built.output()).isZero();
        podman = new Podman(folder);
        podman.load(ARCHIVES.resolve("holdfast-queue-service.tar"));
        podman.load(ARCHIVES.resolve("holdfast-demo.tar"));
        assumeTrue(podman.works(QUEUE_IMAGE), "podman can run no container here");
    }

    @AfterAll
    static void removeAll() {
        if (podman != null) {
            podman.close();
        }
    }

    @Test
    void theQueueKeepsItsMessagesThroughARestartAndAnUpgradeOfItsImage() {
        int port = Ports.free();
        startQueue("keeper", port, QUEUE_IMAGE);
        String queue;
        try (SqsClient sqs = Sqs.client(endpoint(port))) {
            queue = sqs.createQueue(request -> request.queueName("kept")).queueUrl();
            sqs.sendMessage(request -> request.queueUrl(queue).messageBody("before the restart"));
        }
        assertThat(podman.call("healthcheck", "run", "keeper").exitCode())
                .as("health")
                .isZero();

        podman.succeed("stop", "--time", "60", "keeper");
        assertThat(exitCodeOf("keeper")).as(logOf("keeper")).isZero();
        podman.succeed("start", "keeper");
        awaitReady(port);
        try (SqsClient sqs = Sqs.client(endpoint(port))) {
            sqs.sendMessage(request -> request.queueUrl(queue).messageBody("before the upgrade"));
        }

        podman.succeed("commit", "--change", "LABEL upgraded=yes", "keeper", "holdfast/upgraded");
        podman.succeed("rm", "--force", "--time", "60", "keeper");
        startQueue("keeper", port, "holdfast/upgraded");
        try (SqsClient sqs = Sqs.client(endpoint(port))) {
            assertThat(sqs.receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(10))
                            .messages())
                    .extracting(Message::body)
                    .containsExactly("before the restart", "before the upgrade");
        }
        assertThat(logOf("keeper")).contains("cleanShutdown=true queues=1 messages=2");
        podman.succeed("rm", "--force", "--time", "60", "keeper");
    }

    @Test
    void theQueueIsNotOpenUnlessToldTo() {
        var refused = podman.run("--rm", "--env", "QUEUE_PORT=" + Ports.free(), QUEUE_IMAGE);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output())
                .contains("Refusing to serve on 0.0.0.0 without credentials")
                .contains("holdfast.auth=none");
    }

    @Test
    void credentialsComeByEnvironment() {
        int port = Ports.free();
        podman.run(
                "--detach",
                "--name",
                "closed",
                "--env",
                "QUEUE_PORT=" + port,
                "--env",
                "HOLDFAST_CREDENTIALS_PIPELINE_ACCESS_KEY_ID=AKIDPIPELINE",
                "--env",
                "HOLDFAST_CREDENTIALS_PIPELINE_SECRET_ACCESS_KEY=secret",
                "--env",
                "HOLDFAST_CREDENTIALS_PIPELINE_ACCOUNT=000000000000",
                QUEUE_IMAGE);
        awaitReady(port);

        try (SqsClient sqs = Sqs.builder(endpoint(port))
                .credentialsProvider(Sqs.credentials("AKIDPIPELINE", "secret"))
                .build()) {
            assertThat(sqs.listQueues().queueUrls()).isEmpty();
        }
        assertThat(new Web(port).get("/?Action=ListQueues").statusCode())
                .as("unsigned")
                .isEqualTo(403);
        podman.succeed("rm", "--force", "--time", "60", "closed");
    }

    @Test
    void aContainerThatDoesNotServeIsNotHealthy() {
        podman.run(
                "--detach",
                "--name",
                "idle",
                "--env",
                "QUEUE_PORT=" + Ports.free(),
                "--entrypoint",
                "/bin/sleep",
                QUEUE_IMAGE,
                "600");

        assertThat(podman.call("healthcheck", "run", "idle").exitCode()).isEqualTo(1);
        assertThat(podman.succeed("exec", "idle", "id", "-u").strip()).isEqualTo("10001");
        podman.succeed("rm", "--force", "--time", "0", "idle");
    }

    @Test
    void theImageStaysSmall() {
        assertThat(Long.parseLong(podman.succeed("image", "inspect", "--format", "{{.Size}}", QUEUE_IMAGE)
                        .strip()))
                .isLessThan(QUEUE_IMAGE_BYTES_MAX);
    }

    /** The relay of a container's own network is tried on another loopback address. */
    @Test
    void theDemoRunsAllFourAndItsScriptsWork() {
        int dashboard = Ports.free();
        int queue = Ports.free();
        podman.run(
                "--detach",
                "--name",
                "demo",
                "--cap-drop",
                "ALL",
                "--env",
                "HOLDFAST_PUBLISH=127.0.0.2",
                "--env",
                "QUEUE_PORT=" + queue,
                "--env",
                "DASHBOARD_PORT=" + dashboard,
                "--env",
                "PRODUCER_PORT=" + Ports.free(),
                "--env",
                "CONSUMER_PORT=" + Ports.free(),
                DEMO_IMAGE);
        await("all four are ready")
                .atMost(Duration.ofMinutes(3))
                .until(() -> script("status").exitCode() == 0);
        assertThat(podman.call("healthcheck", "run", "demo").exitCode())
                .as("health")
                .isZero();

        assertThat(script("kill", "analytics-consumer").output()).contains("analytics-consumer killed.");
        assertThat(script("start", "analytics-consumer").output()).contains("analytics-consumer is up.");
        await("events are applied")
                .until(() ->
                        new Web(dashboard).getJson("/api/proof").path("applied").asLong() > 0);
        try (SqsClient sqs = Sqs.client(URI.create("http://127.0.0.2:" + queue))) {
            assertThat(sqs.listQueues().queueUrls()).isNotEmpty();
        }

        podman.succeed("stop", "--time", "90", "demo");
        assertThat(exitCodeOf("demo")).as(logOf("demo")).isZero();
        assertThat(logOf("demo")).contains("analytics-producer stopped.", "queue-service stopped.");
        podman.succeed("rm", "demo");
    }

    private static Program.Outcome script(String... arguments) {
        return podman.call(Stream.concat(Stream.of("exec", "demo", "/opt/holdfast/infra/demo"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    /**
     * With nothing that it does not need: no capabilities, and files only in its volume. With AOTMode=on a cache that does not fit the
     * image's jars and runtime ends the process, which would otherwise only start slower.
     */
    private static void startQueue(String name, int port, String image) {
        var started = podman.run(
                "--detach",
                "--name",
                name,
                "--read-only",
                "--cap-drop",
                "ALL",
                "--security-opt",
                "no-new-privileges",
                "--volume",
                "kept:/data",
                "--env",
                "QUEUE_PORT=" + port,
                "--env",
                "HOLDFAST_AUTH=none",
                "--env",
                "HOLDFAST_JAVA_OPTS=-XX:AOTMode=on",
                image);
        assertThat(started.exitCode()).as(started.output()).isZero();
        awaitReady(port);
    }

    private static void awaitReady(int port) {
        await("the queue is ready").until(() -> new Web(port).answers("/q/health/ready"));
    }

    private static URI endpoint(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int exitCodeOf(String container) {
        return Integer.parseInt(podman.succeed("inspect", "--format", "{{.State.ExitCode}}", container)
                .strip());
    }

    private static String logOf(String container) {
        return podman.call("logs", container).output();
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(bin -> Files.isExecutable(Path.of(bin, program)));
    }
}
