package dev.holdfast.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program outside the JVM: its output is shown, its end awaited. */
record Script(Path folder, Map<String, String> environment, List<String> command) {
    /** How it ended, and what it printed on both outputs. */
    record Outcome(int exitCode, String output) {}

    /** A client's script, in the folder where it stands, told about the server as programs for AWS are told. */
    static Script of(QueueService server, Path folder, String... command) {
        Map<String, String> environment = Map.ofEntries(
                Map.entry("SQS_ENDPOINT", server.endpoint().toString()),
                Map.entry("AWS_REGION", "us-east-1"),
                // The name of the region for botocore.
                Map.entry("AWS_DEFAULT_REGION", "us-east-1"),
                Map.entry("AWS_ACCESS_KEY_ID", Account.OWNER.accessKeyId),
                Map.entry("AWS_SECRET_ACCESS_KEY", Account.OWNER.secretAccessKey),
                Map.entry("GUEST_ACCOUNT", Account.GUEST.number),
                Map.entry("GUEST_ACCESS_KEY_ID", Account.GUEST.accessKeyId),
                Map.entry("GUEST_SECRET_ACCESS_KEY", Account.GUEST.secretAccessKey),
                // Whatever the person who runs the tests has configured for AWS stays out of them.
                Map.entry("AWS_CONFIG_FILE", "/dev/null"),
                Map.entry("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
                Map.entry("AWS_EC2_METADATA_DISABLED", "true"),
                Map.entry("AWS_PAGER", ""));
        return new Script(folder, environment, List.of(command));
    }

    /** Runs it to its end, which must be exit code 0 within the time. */
    void succeeds(Duration time) {
        Outcome outcome = run(time);
        System.out.println(outcome.output());
        assertThat(outcome.exitCode()).as("%s\n%s", command, outcome.output()).isZero();
    }

    /** Runs it to its end; one that is not through in time is killed and is an error, which shows what it printed. */
    Outcome run(Duration time) {
        try {
            Path output = Files.createTempFile(
                    Files.createDirectories(Repository.MODULE.resolve("target/scripts")), "output-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
            builder.environment().putAll(environment);
            Process process = builder.directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            assertThat(ended)
                    .as("%s ends within %s\n%s", command, time, Files.readString(output))
                    .isTrue();
            return new Outcome(process.exitValue(), Files.readString(output));
        } catch (IOException notStarted) {
            throw new IllegalStateException("cannot run " + command, notStarted);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, interrupted);
        }
    }
}
