package dev.holdfast.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.harness.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A client's script, in the folder where it stands, told about the server as programs for AWS are told. */
record Script(Program program) {
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
        return new Script(Program.of(command).in(folder).with(environment));
    }

    /** Runs it to its end, which must be exit code 0 within the time, and shows its output. */
    void succeeds(Duration time) {
        Program.Outcome outcome = program.run(time);
        System.out.println(outcome.output());
        assertThat(outcome.exitCode())
                .as("%s\n%s", program.command(), outcome.output())
                .isZero();
    }
}
