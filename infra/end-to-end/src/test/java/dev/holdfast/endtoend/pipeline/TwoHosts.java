package dev.holdfast.endtoend.pipeline;

import dev.holdfast.harness.Program;
import dev.holdfast.harness.Repository;
import dev.holdfast.harness.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** infra/two-hosts as a person types it, with a folder, a network and namespaces of its own. Closing takes both hosts down. */
public final class TwoHosts implements AutoCloseable {
    private static final String NAME = "hf-test";
    private static final String NET = "10.77.9";
    private static final String QUEUE_ADDRESS = NET + ".1";

    /** The script's exit code for what it refuses to try. */
    private static final int CANNOT = 2;

    /** A build of the packages may be part of it. */
    private static final Duration COMMAND_DEADLINE = Duration.ofMinutes(6);

    private final Path folder;

    public TwoHosts(Path folder) {
        this.folder = folder;
    }

    /** Boots both; where this machine cannot have such hosts the answer is why, in the script's own words. */
    public Optional<String> up() {
        run("down");
        Program.Outcome outcome = run("up");
        if (outcome.exitCode() != 0 && outcome.exitCode() != CANNOT) {
            throw new IllegalStateException("two-hosts up failed:\n" + outcome.output());
        }
        return outcome.exitCode() == CANNOT ? Optional.of(outcome.output().strip()) : Optional.empty();
    }

    public Program.Outcome run(String... arguments) {
        return Program.of(Repository.infra("two-hosts").toString())
                .and(List.of(arguments))
                .with(Map.of("HOLDFAST_TWO_HOSTS", folder.toString(), "TWO_HOSTS_NAME", NAME, "TWO_HOSTS_NET", NET))
                .run(COMMAND_DEADLINE);
    }

    /** The same where only success will do. */
    public String ok(String... arguments) {
        Program.Outcome outcome = run(arguments);
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException(String.join(" ", arguments) + " failed:\n" + outcome.output());
        }
        return outcome.output();
    }

    /** A script for sh on a host. */
    public String shell(int host, String script) {
        return ok("run", Integer.toString(host), "sh", "-c", script);
    }

    /** A POST with a JSON body to a service on the loopback of a host, by bash alone, because curl is not everywhere. */
    public String post(int host, int port, String path, String body) {
        String request = """
                exec 3<>/dev/tcp/127.0.0.1/%d
                printf 'POST %s HTTP/1.0\\r\\nHost: 127.0.0.1\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\n\\r\\n%s' >&3
                cat <&3
                """.formatted(port, path, body.length(), body);
        return ok("run", Integer.toString(host), "bash", "-c", request);
    }

    public String journal(int host, String unit) {
        return ok("run", Integer.toString(host), "journalctl", "-u", unit, "-o", "cat", "--no-pager");
    }

    /** A third machine on the queue's network, in the hands of the test: what runs there survives the end of host 2. */
    public RunningProgram beside(Path log, Program program) {
        return Program.of("ip", "netns", "exec", NAME + "-1")
                .and(program.command())
                .with(program.environment())
                .start(log);
    }

    /** For the clients of a test: the queue's address, its authority, the pipeline's credentials. */
    public Map<String, String> clientSettings() {
        return Map.of(
                "HOLDFAST_SQS_ENDPOINT", "https://" + QUEUE_ADDRESS + ":9324",
                "HOLDFAST_SQS_CA_FILE", key("ca.pem").toString(),
                "AWS_ACCESS_KEY_ID", read(key("access-key-id")).strip(),
                "AWS_SECRET_ACCESS_KEY", read(key("secret-access-key")).strip(),
                "AWS_EC2_METADATA_DISABLED", "true");
    }

    public String queueAddress() {
        return QUEUE_ADDRESS;
    }

    public Analytics analytics() {
        return new Analytics(folder.resolve("volume-2/consumer/analytics.db"));
    }

    public Outbox producer() {
        return new Outbox(folder.resolve("volume-2/producer/producer.db"));
    }

    @Override
    public void close() {
        run("down");
    }

    private Path key(String name) {
        return folder.resolve("keys").resolve(name);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
