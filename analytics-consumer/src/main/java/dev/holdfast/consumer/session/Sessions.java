package dev.holdfast.consumer.session;

import dev.holdfast.kit.sqlite.Database;
import dev.holdfast.kit.sqlite.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Sessions and marks in the database: who consumed from when to when. Safe for use by several threads. */
public final class Sessions {
    /** A class that restarts its consumers all day makes some hundreds. */
    private static final int MAX_SESSIONS = 2_000;

    private static final int MAX_MARKS = 10_000;

    private final Database database;
    private final InstantSource clock;

    public Sessions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Begins a session of the named consumer; a session of the same name that never ended is recorded as a crash at its last heartbeat.
     *
     * @throws NameInUseException where that one still runs
     */
    public long begin(String consumer, int port) {
        Begun begun = database.write(tx -> {
            Optional<Long> running = runningPid(tx, consumer);
            if (running.isPresent()) {
                return new Begun(0, running.get());
            }
            closeCrashed(tx, consumer);
            long now = clock.millis();
            long sessionNo = tx.insert(
                    """
                    insert into session (
                           consumer, pid, process_started_at, port, started_at, heartbeat_at, state, state_since)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    consumer,
                    ProcessHandle.current().pid(),
                    startOf(ProcessHandle.current()),
                    port,
                    now,
                    now,
                    ConsumerState.STARTING.column(),
                    now);
            mark(tx, now, consumer, sessionNo, "start");
            prune(tx);
            return new Begun(sessionNo, 0);
        });
        if (begun.pidInTheWay != 0) {
            throw new NameInUseException(consumer, begun.pidInTheWay);
        }
        return begun.sessionNo;
    }

    private record Begun(long sessionNo, long pidInTheWay) {}

    private static Optional<Long> runningPid(Tx tx, String consumer) throws SQLException {
        record Started(long pid, long startedAt) {}
        return tx
                .all(
                        "select pid, process_started_at from session where consumer = ? and ended_at is null",
                        row -> new Started(row.getLong(1), row.getLong(2)),
                        consumer)
                .stream()
                .filter(process -> isRunning(process.pid, process.startedAt))
                .map(Started::pid)
                .findFirst();
    }

    public void listensOn(long sessionNo, int port) {
        database.write(tx -> tx.update("update session set port = ? where session_no = ?", port, sessionNo));
    }

    /** Says that the session lives. One that was taken for crashed meanwhile goes on as if it had not been. */
    public void heartbeat(long sessionNo, ConsumerState state, Instant since) {
        database.write(tx -> {
            boolean wasTakenForCrashed = tx.one(
                            "select ended_at is not null from session where session_no = ?",
                            row -> row.getBoolean(1),
                            sessionNo)
                    .orElse(false);
            if (wasTakenForCrashed) {
                tx.update("delete from mark where session_no = ? and kind = 'crash'", sessionNo);
            }
            return tx.update("""
                    update session
                       set heartbeat_at = ?, state = ?, state_since = ?, ended_at = null
                     where session_no = ?
                    """, clock.millis(), state.column(), since.toEpochMilli(), sessionNo);
        });
    }

    /** Marks a pause or a resume. */
    public void mark(String consumer, long sessionNo, String kind) {
        database.write(tx -> {
            mark(tx, clock.millis(), consumer, sessionNo, kind);
            return sessionNo;
        });
    }

    /** Ends the session in order. */
    public void end(String consumer, long sessionNo) {
        database.write(tx -> {
            long now = clock.millis();
            end(tx, sessionNo, "stopped", now);
            mark(tx, now, consumer, sessionNo, "stop");
            return sessionNo;
        });
    }

    private record Unended(long sessionNo, long heartbeatAt) {}

    private static void closeCrashed(Tx tx, String consumer) throws SQLException {
        List<Unended> crashed = tx.all(
                "select session_no, heartbeat_at from session where consumer = ? and ended_at is null",
                row -> new Unended(row.getLong(1), row.getLong(2)),
                consumer);
        for (Unended session : crashed) {
            end(tx, session.sessionNo, "crashed", session.heartbeatAt);
            mark(tx, session.heartbeatAt, consumer, session.sessionNo, "crash");
        }
    }

    private static void end(Tx tx, long sessionNo, String state, long at) throws SQLException {
        tx.update(
                "update session set state = ?, state_since = ?, ended_at = ? where session_no = ?",
                state,
                at,
                at,
                sessionNo);
    }

    private static void mark(Tx tx, long at, String consumer, long sessionNo, String kind) throws SQLException {
        tx.update(
                "insert into mark (at, consumer, session_no, kind) values (?, ?, ?, ?)", at, consumer, sessionNo, kind);
    }

    private static void prune(Tx tx) throws SQLException {
        tx.update("delete from mark where mark_no <= (select max(mark_no) from mark) - ?", MAX_MARKS);
        tx.update("""
                delete from session
                 where session_no <= (select max(session_no) from session) - ?
                   and ended_at is not null
                   and session_no not in (select session_no from mark)
                """, MAX_SESSIONS);
    }

    /**
     * Process numbers are given again, so the start time must fit too; it is told in hundredths of a second. A killed process whose
     * parent has not taken notice yet still has a number, but no command.
     */
    private static boolean isRunning(long pid, long processStartedAt) {
        return ProcessHandle.of(pid)
                .filter(process -> Math.abs(startOf(process) - processStartedAt) < 1_000)
                .filter(process -> process.info().command().isPresent())
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .isPresent();
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
