package dev.holdfast.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.harness.Program;
import dev.holdfast.harness.Repository;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Celery as Debian packages it: Kombu's transport for SQS over boto3 and curl. */
@ExtendWith(QueueService.Running.class)
class CeleryIT {
    private static final Path FOLDER = Repository.infra("clients/python");
    private static final String PYTHON = "/usr/bin/python3";

    @Test
    void workerKilledInMidTaskAndStoppedInMidPoll(QueueService server) {
        assumeTrue(isInstalled(), "no Celery here: apt-get install python3-celery python3-boto3 python3-pycurl");

        Script.of(server, FOLDER, PYTHON, "-B", "celery_client.py").succeeds(Duration.ofMinutes(3));
    }

    private static boolean isInstalled() {
        return Path.of(PYTHON).toFile().canExecute()
                && Program.of(PYTHON, "-c", "import boto3, celery, pycurl")
                                .run(Duration.ofMinutes(1))
                                .exitCode()
                        == 0;
    }
}
