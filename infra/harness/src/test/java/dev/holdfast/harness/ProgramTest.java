package dev.holdfast.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder = Path.of("");

    @Test
    void outcomeIsTheExitCodeAndBothOutputsInOrder() {
        Program.Outcome outcome = Program.of("sh", "-c", "echo out; echo err >&2; pwd; echo $WORD; exit 3")
                .with(Map.of("WORD", "said"))
                .in(folder)
                .run(LIMIT);

        assertThat(outcome).isEqualTo(new Program.Outcome(3, "out\nerr\n" + folder + "\nsaid\n"));
    }

    @Test
    void oneThatDoesNotEndIsKilledAndSaysWhatItPrinted() {
        Program endless = Program.of("sh", "-c", "echo before; exec tail -f /dev/null");

        assertThatThrownBy(() -> endless.run(Duration.ofMillis(300)))
                .hasMessageContaining("still running after PT0.3S")
                .hasMessageContaining("before");
    }

    @Test
    void printedIsWhatThisStartHasPrintedAlthoughTheLogIsOfAll() {
        Path log = folder.resolve("log");
        Program.of("echo", "first").start(log).awaitEnd();
        RunningProgram second = Program.of("echo", "second").start(log);
        second.awaitEnd();

        assertThat(second.printed()).isEqualTo("second\n");
        assertThat(log).hasContent("first\nsecond\n");
    }

    @Test
    void closingTakesTheChildrenAlong() {
        long child;
        try (RunningProgram parent =
                Program.of("sh", "-c", "tail -f /dev/null & echo $!; wait").start(folder.resolve("log"))) {
            Deadline.await("the child runs").until(() -> parent.printed().endsWith("\n"));
            child = Long.parseLong(parent.printed().strip());
            assertThat(ProcessHandle.of(child)).isPresent();
        }

        Deadline.await("the child has ended")
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void frozenProgramIsStoppedUntilItIsThawed() {
        try (RunningProgram program = Program.of(
                        "sh", "-c", "trap 'exit 5' TERM; echo ready; while :; do sleep 0.05; done")
                .start(folder.resolve("log"))) {
            Deadline.await("it runs").until(() -> program.printed().equals("ready\n"));

            program.freeze();
            assertThat(stateOf(program)).startsWith("T");

            program.thaw();
            assertThat(stateOf(program)).doesNotStartWith("T");
            assertThat(program.stop()).isEqualTo(5);
        }
    }

    private static String stateOf(RunningProgram program) {
        return Program.of("ps", "-o", "stat=", "-p", Long.toString(program.pid()))
                .run(LIMIT)
                .output();
    }
}
