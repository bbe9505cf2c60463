package dev.holdfast.benchmark.scenario;

import dev.holdfast.benchmark.client.Body;
import dev.holdfast.benchmark.client.Groups;
import dev.holdfast.benchmark.load.Flow;
import java.util.List;

/**
 * One situation that every server is put into.
 *
 * @param id its name on the command line
 * @param family scenarios that share a table
 * @param kind what is done
 * @param depth messages that wait in the queue all the time
 * @param groups message groups of a FIFO queue, or tenants of a standard one
 * @param quick whether the quick run has it
 */
public record Scenario(
        String id,
        Family family,
        Kind kind,
        Flow flow,
        Body body,
        int queues,
        Groups groups,
        long depth,
        boolean quick) {

    /** What is done with the server. */
    public enum Kind {
        /** Send, receive and delete, all at once. */
        LIFE,
        /** Only send; the queue is emptied after the measurement. */
        SEND,
        /** One message at a time to a receiver that waits in a long poll. */
        WAKE,
        /** Receivers wait in long polls and nothing is sent. */
        IDLE,
        /** A fresh process until it answers. */
        START,
        /** Send, receive and delete without a server: SQLite on one thread. */
        SQLITE,
        /** Send, receive and delete through a Redis stream, in Redis's own protocol. */
        REDIS
    }

    /** A heading of the report. */
    public enum Family {
        LIFE("Full life of a message: send, receive, delete"),
        SEND("Send only"),
        WAKE("Long poll: from the send's answer to the receiver's"),
        IDLE("5,000 waiting long polls and 1,000 queues, no traffic"),
        BACKLOG("Full life with messages waiting in the queue"),
        QUEUES("Full life over many queues"),
        FIFO("Full life on a FIFO queue"),
        FAIR("Full life on a fair queue, its messages spread over tenants"),
        BODIES("Full life by size of the body"),
        START("Start with an empty folder"),
        SQLITE("SQLite alone: one thread, no HTTP, a sync per transaction"),
        REDIS("Redis Streams, appendfsync always, own protocol");

        private final String title;

        Family(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    private static final int KIB = 1024;

    /** ElasticMQ refuses a batch over 256 KiB: three bodies of 64 KiB fit. */
    private static final int BATCH_OF_LARGE = 3;

    /** Every scenario, in the order in which they run. */
    public static List<Scenario> all() {
        return List.of(
                start(),
                life("life-batch-1", 1, 10, false),
                life("life-batch-16", 16, 10, true),
                life("life-batch-64", 64, 10, false),
                life("life-single-1", 1, 1, false),
                life("life-single-16", 16, 1, true),
                life("life-single-64", 64, 1, false),
                new Scenario(
                        "send-64", Family.SEND, Kind.SEND, Flow.send(64, 1), Body.text(KIB), 1, Groups.NONE, 0, true),
                new Scenario(
                        "wake-up", Family.WAKE, Kind.WAKE, Flow.life(1, 1), Body.text(KIB), 1, Groups.NONE, 0, true),
                new Scenario(
                        "idle-polls",
                        Family.IDLE,
                        Kind.IDLE,
                        Flow.drain(5_000),
                        Body.text(KIB),
                        1_000,
                        Groups.NONE,
                        0,
                        false),
                backlog("backlog-0", 0),
                backlog("backlog-100k", 100_000),
                backlog("backlog-1m", 1_000_000),
                backlog("backlog-10m", 10_000_000),
                queues("queues-1", 1),
                queues("queues-1000", 1_000),
                fifo("fifo-1", 1),
                fifo("fifo-100", 100),
                fifo("fifo-100k", 100_000),
                fair("fair-1", 1),
                fair("fair-100", 100),
                fair("fair-100k", 100_000),
                bodies("body-100", Body.text(100), 10),
                bodies("body-1k", Body.text(KIB), 10),
                bodies("body-1k-json", Body.json(KIB), 10),
                bodies("body-64k", Body.text(64 * KIB), BATCH_OF_LARGE),
                apart("sqlite-1", Family.SQLITE, Kind.SQLITE, 1),
                apart("sqlite-10", Family.SQLITE, Kind.SQLITE, 10),
                apart("sqlite-100", Family.SQLITE, Kind.SQLITE, 100),
                apart("sqlite-1000", Family.SQLITE, Kind.SQLITE, 1_000),
                apart("redis-batch-16", Family.REDIS, Kind.REDIS, 10),
                apart("redis-single-16", Family.REDIS, Kind.REDIS, 1));
    }

    /** The scenario with exactly this id. */
    public static Scenario named(String id) {
        return all().stream()
                .filter(scenario -> scenario.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No scenario is called " + id + "."));
    }

    private static Scenario start() {
        return new Scenario(
                "start", Family.START, Kind.START, Flow.life(1, 1), Body.text(KIB), 1, Groups.NONE, 0, true);
    }

    private static Scenario life(String id, int connections, int batch, boolean quick) {
        return new Scenario(
                id, Family.LIFE, Kind.LIFE, Flow.life(connections, batch), Body.text(KIB), 1, Groups.NONE, 0, quick);
    }

    private static Scenario backlog(String id, long depth) {
        return new Scenario(
                id, Family.BACKLOG, Kind.LIFE, Flow.life(16, 10), Body.text(KIB), 1, Groups.NONE, depth, false);
    }

    private static Scenario queues(String id, int count) {
        return new Scenario(
                id,
                Family.QUEUES,
                Kind.LIFE,
                Flow.life(16, 10).withMatching(),
                Body.text(KIB),
                count,
                Groups.NONE,
                0,
                false);
    }

    private static Scenario fifo(String id, int groups) {
        return new Scenario(
                id, Family.FIFO, Kind.LIFE, Flow.life(16, 10), Body.text(KIB), 1, Groups.fifo(groups), 0, false);
    }

    private static Scenario fair(String id, int tenants) {
        return new Scenario(
                id, Family.FAIR, Kind.LIFE, Flow.life(16, 10), Body.text(KIB), 1, Groups.fair(tenants), 0, false);
    }

    private static Scenario bodies(String id, Body body, int batch) {
        return new Scenario(id, Family.BODIES, Kind.LIFE, Flow.life(16, batch), body, 1, Groups.NONE, 0, false);
    }

    /** A ceiling to compare with that is no server of this protocol. */
    private static Scenario apart(String id, Family family, Kind kind, int batch) {
        return new Scenario(id, family, kind, Flow.life(16, batch), Body.text(KIB), 1, Groups.NONE, 0, false);
    }
}
