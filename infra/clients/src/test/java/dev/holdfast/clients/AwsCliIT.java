package dev.holdfast.clients;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.holdfast.harness.Programs;
import dev.holdfast.harness.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The AWS CLI, in each version that is installed: old ones speak Query, new ones JSON. */
@ExtendWith(QueueService.Running.class)
class AwsCliIT {
    @Test
    void commandLine(QueueService server) {
        List<Path> installed = Programs.named("aws");
        assumeFalse(installed.isEmpty(), "no AWS CLI here: apt-get install awscli");

        for (Path aws : installed) {
            Script.of(server, Repository.infra("clients/shell"), "./aws-cli.sh", aws.toString())
                    .succeeds(Duration.ofMinutes(5));
        }
    }
}
