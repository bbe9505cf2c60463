package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.endtoend.pipeline.Identity;
import dev.holdfast.endtoend.pipeline.Outbox;
import dev.holdfast.endtoend.pipeline.TwoHosts;
import dev.holdfast.harness.ElasticMq;
import dev.holdfast.harness.Ports;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.Repository;
import dev.holdfast.harness.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real packages on two hosts with a systemd each, TLS and signatures between them. One pair of hosts for all tests, which go on with
 * what the one before left; each settles by itself. The last one takes the queue away.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoHostsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LINK_CUT = Duration.ofSeconds(10);
    private static final int PRODUCER_PORT = 8081;

    /** Enough to find any of them in the middle of something. */
    private static final String LOAD = "{\"eventsPerSecond\":200}";

    private final TwoHosts hosts =
            new TwoHosts(Path.of("target", "two-hosts", "hosts").toAbsolutePath());

    @TempDir
    private Path folder;

    private int besides;

    private Optional<String> whyNoHosts = Optional.empty();

    @BeforeAll
    void up() {
        whyNoHosts = hosts.up();
    }

    @BeforeEach
    void hostsAreThere() {
        assumeTrue(whyNoHosts.isEmpty(), whyNoHosts.orElse(""));
    }

    @AfterAll
    void down() {
        hosts.close();
    }

    @AfterEach
    void nothingIsLostAndNothingCountedTwice() {
        if (whyNoHosts.isEmpty()) {
            settle(Set.of());
        }
    }

    @Test
    @Order(1)
    void thePipelineRunsAcrossTheTwoHosts() {
        await("events are applied on host 2")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !hosts.analytics().applied().isEmpty());

        assertThat(hosts.run("status").exitCode()).isZero();
        // It says the one when it finds the queue empty at that moment, the other when messages are on their way.
        assertThat(hosts.ok("run", "2", "holdfast-verify"))
                .contains("no difference")
                .containsAnyOf("Nothing lost.", "No loss to be seen");
        assertThat(hosts.post(2, PRODUCER_PORT, "/api/rate", LOAD)).contains("200 OK");
    }

    @Test
    @Order(2)
    void aLinkCutUnderLoadAndHealedIsOvercomeByProducerAndConsumerThemselves() {
        cutLinkFor(LINK_CUT);
    }

    @Test
    @Order(3)
    @Tag("long")
    void aLinkCutForMinutesIsOvercomeToo() {
        cutLinkFor(Duration.ofMinutes(3));
    }

    private void cutLinkFor(Duration duration) {
        Instant began = Instant.now();
        hosts.ok("partition");
        await("the cut has lasted")
                .atMost(duration.plus(PATIENCE))
                .until(() -> Instant.now().isAfter(began.plus(duration)));
        long appliedBefore = hosts.analytics().counted();

        hosts.ok("heal");

        await("events flow again")
                .atMost(PATIENCE)
                .until(() -> hosts.analytics().counted() > appliedBefore + 500);
    }

    @Test
    @Order(4)
    void host2IsKilledWhileASecondProducerKeepsSendingAndGoesOnWhereItWas() throws Exception {
        Path home = Files.createDirectory(folder.resolve("second-producer"));
        RunningProgram second = producerBeside(home, Map.of("PRODUCER_RATE", "100"));
        Outbox outbox = new Outbox(home.resolve("producer.db"));
        await("the second producer sends")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> outbox.acknowledgedCount() > 100);

        hosts.ok("kill-host", "2");
        long acknowledgedBefore = outbox.acknowledgedCount();
        await("it does not notice").atMost(PATIENCE).until(() -> outbox.acknowledgedCount() > acknowledgedBefore + 300);
        hosts.ok("boot-host", "2");

        second.stop();
        settle(outbox.acknowledged());
    }

    @Test
    @Order(5)
    void host1IsKilledAndBootedAndSaysWhatItFound() {
        hosts.ok("kill-host", "1");

        hosts.ok("boot-host", "1");

        assertThat(hosts.journal(1, "holdfast-queue")).contains("event=recovered cleanShutdown=false queues=2");
        long appliedBefore = hosts.analytics().counted();
        await("events flow again")
                .atMost(PATIENCE)
                .until(() -> hosts.analytics().counted() > appliedBefore + 200);
    }

    @Test
    @Order(6)
    @Tag("long")
    void aConsumerKilledWithoutAWordIsStartedAgainBySystemd() {
        hosts.shell(2, "systemctl kill --signal=KILL holdfast-consumer");

        await("systemd has started it again")
                .atMost(PATIENCE)
                .until(() -> hosts.shell(2, "systemctl show --property=NRestarts,ActiveState holdfast-consumer")
                        .contains("NRestarts=1"));
        long appliedBefore = hosts.analytics().counted();
        await("events flow again")
                .atMost(PATIENCE)
                .until(() -> hosts.analytics().counted() > appliedBefore + 200);
    }

    @Test
    @Order(7)
    @Tag("long")
    void aConsumerThatIsStoppedFinishesWhatItHoldsAndEndsInOrder() {
        hosts.shell(2, "systemctl stop holdfast-consumer");

        assertThat(hosts.shell(2, "systemctl show --property=Result,ExecMainStatus holdfast-consumer"))
                .contains("Result=success", "ExecMainStatus=0");
        hosts.shell(2, "systemctl start holdfast-consumer");
    }

    @Test
    @Order(8)
    void aTenthOfASecondBetweenTheHostsChangesNoResult() {
        hosts.ok("latency", "100");
        long appliedBefore = hosts.analytics().counted();

        await("events flow").atMost(PATIENCE).until(() -> hosts.analytics().counted() > appliedBefore + 500);

        hosts.ok("latency", "0");
    }

    @Test
    @Order(9)
    void wrongCredentialsAreRefusedAndTheClientsLogSaysWhy() throws Exception {
        assertThat(logOfProducerWith(Map.of("AWS_SECRET_ACCESS_KEY", "wrong"), "SignatureDoesNotMatch"))
                .contains("event=queue-unreachable");
        assertThat(logOfProducerWith(Map.of("AWS_ACCESS_KEY_ID", "UNKNOWN"), "InvalidClientTokenId"))
                .contains("event=queue-unreachable");
    }

    @Test
    @Order(10)
    void missingCredentialsAreNamedInTheClientsLog() throws Exception {
        assertThat(logOfProducerWith(Map.of("AWS_ACCESS_KEY_ID", "", "AWS_SECRET_ACCESS_KEY", ""), "NoCredentials"))
                .contains("no AWS credentials");
    }

    @Test
    @Order(11)
    void aQueueOfAnotherAuthorityIsNotBelieved() throws Exception {
        assertThat(logOfProducerWith(Map.of("HOLDFAST_SQS_CA_FILE", ""), "TlsFailed"))
                .contains("holdfast.sqs.ca-file");
    }

    /** Configuration alone: no endpoint, so that the SDK finds service, region and credentials as it does on EC2. */
    @Test
    @Order(12)
    @Tag("long")
    void thePipelineMovesToAnotherSqsByConfigurationAlone() {
        int port = Ports.free();
        RunningProgram elasticMq =
                hosts.beside(folder.resolve("elasticmq.log"), ElasticMq.program(hosts.queueAddress(), port));
        try {
            hosts.post(2, PRODUCER_PORT, "/api/stop", "{}");
            settle(Set.of());
            hosts.shell(1, "systemctl stop holdfast-queue");
            hosts.shell(2, """
                    sed -i -e 's|^HOLDFAST_SQS_ENDPOINT=.*|HOLDFAST_SQS_ENDPOINT=|' -e '/^HOLDFAST_SQS_CA_FILE/d' /etc/holdfast/analytics.env
                    printf 'AWS_REGION=eu-central-1\\nAWS_ENDPOINT_URL_SQS=http://%s:%s\\n' >>/etc/holdfast/analytics-credentials.env
                    systemctl restart holdfast-producer holdfast-consumer holdfast-dashboard
                    """.formatted(hosts.queueAddress(), port));
            long appliedBefore = hosts.analytics().counted();

            await("the producer takes orders")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() ->
                            hosts.post(2, PRODUCER_PORT, "/api/start", "{}").contains("200 OK"));
            await("events flow through the other server")
                    .atMost(PATIENCE)
                    .until(() -> hosts.analytics().counted() > appliedBefore + 500);
            assertThat(hosts.ok("run", "2", "holdfast-verify")).contains("Amazon SQS has no ledger");
            hosts.post(2, PRODUCER_PORT, "/api/stop", "{}");
            settle(Set.of());
        } finally {
            elasticMq.close();
        }
    }

    /** Whatever a producer knows to be acknowledged is applied, each event once. */
    private void settle(Set<Identity> acknowledgedElsewhere) {
        Set<Identity> acknowledged = new HashSet<>(hosts.producer().acknowledged());
        acknowledged.addAll(acknowledgedElsewhere);
        await("all that was acknowledged is applied")
                .atMost(PATIENCE)
                .until(() -> hosts.analytics().applied().containsAll(acknowledged));
        assertThat(hosts.analytics().counted())
                .isLessThanOrEqualTo(hosts.analytics().applied().size());
    }

    private RunningProgram producerBeside(Path home, Map<String, String> settings) {
        Program producer = Program.of(
                        Repository.infra("run").toString(),
                        "analytics-producer",
                        "--",
                        "-Dproducer.create-queues=false")
                .with(hosts.clientSettings())
                .with(settings)
                .with(Map.of("HOLDFAST_DATA_DIR", home.toString(), "PRODUCER_PORT", Integer.toString(Ports.free())));
        return hosts.beside(home.resolve("log"), producer);
    }

    /** Its log once the word stands there. */
    private String logOfProducerWith(Map<String, String> settings, String word) throws IOException {
        Path home = Files.createDirectory(folder.resolve("producer-" + ++besides));
        try (RunningProgram producer = producerBeside(home, settings)) {
            await(word + " in the log")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(producer.printed()).contains(word));
            return producer.printed();
        }
    }
}
