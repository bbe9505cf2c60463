package dev.holdfast.clients;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.holdfast.harness.Program;
import dev.holdfast.harness.Programs;
import dev.holdfast.harness.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** boto3, of each Python that has it: old ones speak Query, new ones JSON. */
@ExtendWith(QueueService.Running.class)
class Boto3IT {
    private static final Path FOLDER = Repository.infra("clients/python");

    @Test
    void client(QueueService server) {
        List<Path> installed =
                Programs.named("python3").stream().filter(Boto3IT::hasBoto3).toList();
        assumeFalse(installed.isEmpty(), "no Python with boto3 here: apt-get install python3-boto3");

        for (Path python : installed) {
            Script.of(server, FOLDER, python.toString(), "-B", "boto3_client.py")
                    .succeeds(Duration.ofMinutes(3));
        }
    }

    private static boolean hasBoto3(Path python) {
        return Program.of(python.toString(), "-c", "import boto3")
                        .run(Duration.ofMinutes(1))
                        .exitCode()
                == 0;
    }
}
