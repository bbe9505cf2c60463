package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.pipeline.ManyConnections;
import dev.holdfast.harness.PackagedService;
import dev.holdfast.harness.RunningService;
import dev.holdfast.harness.Service;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Someone who guesses the dashboard's password gets few tries, and costs the others nothing. */
class PasswordGuessesIT {
    private static final String PASSWORD = "a good one";

    @TempDir
    Path folder;

    @Test
    void guessesAreFewAndNobodyElseWaitsForThem() {
        try (RunningService running = dashboard();
                ManyConnections guesses = new ManyConnections(1_500, running.port(), 1, logIn("wrong"))) {
            try (ManyConnections other = new ManyConnections(1, running.port(), 2, logIn(PASSWORD))) {
                await("somebody else logs in")
                        .until(() -> other.answers().getFirst().startsWith("HTTP/1.1 303"));
            }
            await("all are answered").until(() -> guesses.answers().stream().noneMatch(String::isEmpty));
            assertThat(guesses.answers())
                    .filteredOn(answer -> answer.startsWith("HTTP/1.1 403"))
                    .as("guesses that were looked at")
                    .hasSizeBetween(5, 100);
            assertThat(guesses.answers())
                    .filteredOn(answer -> !answer.startsWith("HTTP/1.1 403"))
                    .allMatch(answer -> answer.startsWith("HTTP/1.1 429")
                            && answer.matches(
                                    "(?is).*\r\nretry-after: [0-9]+\r\n.*Too many attempts\\. Try again in .*"));
            await("the right password is looked at again")
                    .until(() -> running.web().raw(logIn(PASSWORD)).startsWith("HTTP/1.1 303"));
        }
    }

    private RunningService dashboard() {
        return PackagedService.of(Service.DASHBOARD, folder)
                .with("-Ddashboard.user=teacher", "-Ddashboard.password=" + PASSWORD)
                .start();
    }

    private static String logIn(String password) {
        String form = "user=teacher&password=" + password.replace(' ', '+');
        return "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + form.length()
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" + form;
    }
}
