package dev.holdfast.queue.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.store.Tx;
import dev.holdfast.queue.store.sqlite.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The writer: what shares a commit, what fails alone, and that nothing is answered before it is on disk. */
class GroupCommitTest {
    private static final long DEADLINE_SECONDS = 30;

    @TempDir
    Path folder;

    private final AtomicInteger rollbacks = new AtomicInteger();
    private final CompletableFuture<String> halted = new CompletableFuture<>();
    private Database database;
    private Connection outside;
    private GroupCommit groupCommit;

    @BeforeEach
    void open() throws SQLException {
        database = Database.open(folder.resolve("test.db"));
        outside = database.connect();
        try (Statement statement = outside.createStatement()) {
            statement.execute("create table parent (id integer primary key)");
            // Checked at COMMIT: a real commit that really fails.
            statement.execute(
                    "create table entry (id integer primary key, parent integer references parent (id) deferrable initially deferred)");
        }
        groupCommit = new GroupCommit(database, new CountingParticipant(), InstantSource.system(), halted::complete);
        groupCommit.start();
        submit(tx -> {
                    // The pragma works between transactions only.
                    tx.run("commit");
                    tx.run("pragma foreign_keys = on");
                    tx.run("begin immediate");
                })
                .join();
        rollbacks.set(0);
    }

    @AfterEach
    void close() throws SQLException {
        if (!halted.isDone()) {
            groupCommit.close();
        }
        outside.close();
        database.close();
    }

    @Test
    void answersOnceTheWriteIsVisibleToOthers() {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());

        for (int id = 1; id <= 20; id++) {
            int expected = id;
            submit(insert(id)).thenRun(() -> seen.add(rows() - expected)).join();
        }

        assertThat(seen).hasSize(20).allMatch(missing -> missing == 0);
    }

    @Test
    void writesThatWaitShareOneCommitInTheOrderTheyCame() throws Exception {
        CountDownLatch gate = holdWriter();
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        long before = groupCommit.statistics().commits();

        List<CompletableFuture<@Nullable Void>> answers = new ArrayList<>();
        for (int id = 1; id <= 100; id++) {
            int number = id;
            answers.add(submit(tx -> {
                order.add(number);
                insert(number).run(tx);
            }));
        }
        gate.countDown();
        all(answers);

        assertThat(groupCommit.statistics().commits() - before).isEqualTo(1);
        assertThat(order).isSorted().hasSize(100);
    }

    @Test
    void writeThatThrowsFailsAloneAndTheOthersAreKept() throws Exception {
        CountDownLatch gate = holdWriter();

        CompletableFuture<@Nullable Void> good = submit(insert(1));
        CompletableFuture<@Nullable Void> bad = submit(tx -> {
            insert(2).run(tx);
            throw new IllegalArgumentException("broken");
        });
        CompletableFuture<@Nullable Void> alsoGood = submit(insert(3));
        gate.countDown();

        good.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        alsoGood.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(failureOf(bad)).hasMessageContaining("broken");
        assertThat(ids()).containsExactly(1, 3);
        assertThat(rollbacks).hasValueGreaterThan(0);
    }

    @Test
    void failedCommitIsNeverAnsweredWithSuccess() throws Exception {
        CountDownLatch gate = holdWriter();

        CompletableFuture<@Nullable Void> good = submit(insert(1));
        CompletableFuture<@Nullable Void> orphan = submit(tx -> {
            tx.update("insert into entry (id, parent) values (2, 99)");
        });
        gate.countDown();

        good.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(failureOf(orphan)).hasMessageContaining("FOREIGN KEY");
        assertThat(ids()).containsExactly(1);
    }

    @Test
    void diskErrorHaltsAndAnswersNobody() throws Exception {
        CountDownLatch gate = holdWriter();
        CompletableFuture<@Nullable Void> neighbour = submit(insert(1));

        submit(tx -> {
            throw new SQLiteException("disk I/O error (fsync)", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        });
        gate.countDown();

        assertThat(halted.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).contains("fsync");
        assertThat(neighbour).isNotCompletedExceptionally().isNotDone();
        assertThat(ids()).isEmpty();
    }

    @Test
    void tooMuchWaitingIsRefusedAndWhatWasAcceptedIsDone() throws Exception {
        CountDownLatch gate = holdWriter();
        AtomicInteger answered = new AtomicInteger();

        int accepted = 0;
        while (accepted <= GroupCommit.MAX_WAITING_WRITES && groupCommit.submit(new Insert(accepted + 1, answered))) {
            accepted++;
        }
        gate.countDown();
        groupCommit.close();

        assertThat(accepted).isBetween(GroupCommit.MAX_WAITING_WRITES - 1, GroupCommit.MAX_WAITING_WRITES);
        assertThat(answered).hasValue(accepted);
        assertThat(rows()).isEqualTo(accepted);
    }

    @Test
    void everyWriteIsAnsweredExactlyOnceWhileTheServerStops() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger accepted = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(4);
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < 4; sender++) {
            int base = sender * 1_000_000;
            Thread thread = new Thread(() -> {
                started.countDown();
                for (int i = 1; groupCommit.submit(new Insert(base + i, answered)); i++) {
                    accepted.incrementAndGet();
                    while (groupCommit.waitingWrites() > 1_000) {
                        Thread.onSpinWait();
                    }
                }
            });
            thread.start();
            senders.add(thread);
        }
        started.await();

        groupCommit.close();
        for (Thread sender : senders) {
            sender.join();
        }

        assertThat(answered).hasValue(accepted.get());
    }

    private record Insert(int id, AtomicInteger answered) implements Write {
        @Override
        public void run(Tx tx) throws SQLException {
            insert(id).run(tx);
            tx.afterCommit(answered::incrementAndGet);
        }

        @Override
        public void failed(Exception cause) {
            answered.incrementAndGet();
        }
    }

    @FunctionalInterface
    private interface Work {
        void run(Tx tx) throws SQLException;
    }

    private CompletableFuture<@Nullable Void> submit(Work work) {
        CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();
        boolean accepted = groupCommit.submit(new Write() {
            @Override
            public void run(Tx tx) throws SQLException {
                work.run(tx);
                tx.afterCommit(() -> answer.complete(null));
            }

            @Override
            public void failed(Exception cause) {
                answer.completeExceptionally(cause);
            }
        });
        assertThat(accepted).isTrue();
        return answer;
    }

    private static Work insert(int id) {
        return tx -> {
            tx.update("insert into entry (id) values (?)", id);
        };
    }

    /** Keeps the writer in a transaction, so that what is submitted from here on until the gate opens is one batch. */
    private CountDownLatch holdWriter() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        submit(tx -> {
            entered.countDown();
            await(gate);
        });
        await(entered);
        return gate;
    }

    private static void await(CountDownLatch gate) {
        try {
            assertThat(gate.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void all(List<CompletableFuture<@Nullable Void>> answers) throws Exception {
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private static Throwable failureOf(CompletableFuture<@Nullable Void> answer) throws Exception {
        try {
            answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("it succeeded");
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    private int rows() {
        return ids().size();
    }

    private List<Integer> ids() {
        try (Statement statement = outside.createStatement();
                ResultSet row = statement.executeQuery("select id from entry order by id")) {
            List<Integer> ids = new ArrayList<>();
            while (row.next()) {
                ids.add(row.getInt(1));
            }
            return ids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class CountingParticipant implements Participant {
        @Override
        public void beforeCommit(Tx tx) {}

        @Override
        public void afterRollback(Tx tx) {
            rollbacks.incrementAndGet();
        }

        @Override
        public long nextWakeMillis() {
            return Long.MAX_VALUE;
        }

        @Override
        public void wake(Tx tx) {}
    }
}
