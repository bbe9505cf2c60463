package dev.holdfast.consumer.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.consumer.TestDatabase;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.RunningProgram;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong(1_000);

    @Test
    void aSessionThatNeverEndedIsACrashAtItsLastHeartbeat() throws Exception {
        try (TestDatabase database = new TestDatabase(folder.resolve("a.db"))) {
            Sessions sessions = new Sessions(database.database(), () -> Instant.ofEpochMilli(now.get()));
            long crashed = sessions.begin("c1", 1);
            now.set(5_000);
            sessions.heartbeat(crashed, ConsumerState.RUNNING, Instant.ofEpochMilli(2_000));
            now.set(9_000);
            assertThat(database.rows("select consumer, at, kind from consumer_mark order by at"))
                    .containsExactly("c1|1000|start|", "c1|5000|crash|");

            long next = sessions.begin("c1", 1);
            now.set(11_000);
            sessions.mark("c1", next, "pause");
            now.set(12_000);
            sessions.end("c1", next);

            assertThat(database.rows("select consumer, at, kind from consumer_mark order by at"))
                    .containsExactly(
                            "c1|1000|start|", "c1|5000|crash|", "c1|9000|start|", "c1|11000|pause|", "c1|12000|stop|");
            assertThat(database.rows("select session_no, state, ended_at from consumer_session"))
                    .containsExactly("1|crashed|5000|", "2|stopped|12000|");
        }
    }

    @Test
    void aSessionWhoseHeartbeatComesBackIsNoCrash() throws Exception {
        try (TestDatabase database = new TestDatabase(folder.resolve("a.db"))) {
            Sessions sessions = new Sessions(database.database(), () -> Instant.ofEpochMilli(now.get()));
            long stalled = sessions.begin("c1", 1);
            database.execute("update session set state = 'crashed', ended_at = heartbeat_at");
            database.execute("insert into mark (at, consumer, session_no, kind) values (1000, 'c1', 1, 'crash')");

            now.set(System.currentTimeMillis());
            sessions.heartbeat(stalled, ConsumerState.RUNNING, Instant.ofEpochMilli(1_000));

            assertThat(database.rows("select session_no, state, ended_at from consumer_session"))
                    .containsExactly("1|running|null|");
            assertThat(database.rows("select kind from consumer_mark")).containsExactly("start|");
        }
    }

    @Test
    void aNameThatALiveProcessUsesIsRefused() throws Exception {
        try (RunningProgram other = Program.of("sleep", "60").start(folder.resolve("other.log"));
                TestDatabase database = new TestDatabase(folder.resolve("a.db"))) {
            Sessions sessions = new Sessions(database.database(), () -> Instant.ofEpochMilli(now.get()));
            sessions.begin("c1", 1);
            database.execute("update session set pid = " + other.pid() + ", process_started_at = "
                    + startOf(other).toEpochMilli());

            assertThatThrownBy(() -> sessions.begin("c1", 2))
                    .isInstanceOf(NameInUseException.class)
                    .hasMessageContaining("already runs");
            assertThat(sessions.begin("c2", 2)).isEqualTo(2);
        }
    }

    private static Instant startOf(RunningProgram program) {
        return ProcessHandle.of(program.pid())
                .flatMap(process -> process.info().startInstant())
                .orElseThrow();
    }
}
