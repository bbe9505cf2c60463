package dev.holdfast.benchmark.load;

import dev.holdfast.benchmark.client.Body;
import dev.holdfast.benchmark.client.EventLoop;
import dev.holdfast.benchmark.client.Queues;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Traffic of one kind against one server, for as long as the caller polls. Belongs to the calling thread. */
public final class Phase implements AutoCloseable {
    private static final int LONG_POLL_SECONDS = 1;
    private static final long POLL_MILLIS = 20;
    private static final Duration STUCK = Duration.ofSeconds(15);

    private final int port;
    private final Queues queues;
    private final Body body;
    private final Deliveries deliveries;
    private final Flow flow;
    private final EventLoop loop;
    private final Latencies sendLatencies = new Latencies();
    private final ArrayDeque<Worker> parkedSenders = new ArrayDeque<>();
    private final ArrayDeque<Worker> parkedReceivers = new ArrayDeque<>();
    private final ArrayDeque<Integer> queuesWithMessages = new ArrayDeque<>();
    private final int[] waiting;
    private final List<Worker> workers = new ArrayList<>();
    private final long depthAtStart;

    private boolean sending = true;
    private boolean receiving = true;
    private int nextQueue;

    private Phase(int port, Queues queues, Body body, Deliveries deliveries, Flow flow) {
        this.port = port;
        this.queues = queues;
        this.body = body;
        this.deliveries = deliveries;
        this.flow = flow;
        this.loop = new EventLoop(port);
        this.waiting = new int[queues.count()];
        this.depthAtStart = deliveries.sent() - deliveries.deleted();
    }

    /** Connects and sets the traffic going. */
    public static Phase start(int port, Queues queues, Body body, Deliveries deliveries, Flow flow) {
        Phase phase = new Phase(port, queues, body, deliveries, flow);
        phase.add(flow.senders(), true, false);
        phase.add(flow.receivers(), false, true);
        phase.add(flow.both(), true, true);
        phase.workers.forEach(Worker::go);
        return phase;
    }

    /** Keeps the traffic going until the condition holds, asked at least every 20 ms. */
    public void runUntil(BooleanSupplier finished) {
        while (!finished.getAsBoolean()) {
            loop.poll(POLL_MILLIS);
        }
    }

    public void runFor(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        runUntil(() -> System.nanoTime() >= end);
    }

    /** Sends until the scenario has at least this many messages in all, and no longer than the limit; says whether they were all sent. */
    public boolean fill(long messages, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        runUntil(() -> deliveries.acknowledged() >= messages || System.nanoTime() >= end);
        stopSending();
        return deliveries.acknowledged() >= messages;
    }

    /** Lets senders finish the requests that are under way and send no more. */
    public void stopSending() {
        sending = false;
        long end = System.nanoTime() + STUCK.toNanos();
        runUntil(() -> workers.stream().noneMatch(Worker::sending) || System.nanoTime() >= end);
    }

    /** Receives and deletes all that was acknowledged; gives up after so long without progress, and the checks name what is missing. */
    public void drain(Duration patience) {
        long[] last = {deliveries.received(), System.nanoTime()};
        runUntil(() -> {
            if (deliveries.received() != last[0]) {
                last[0] = deliveries.received();
                last[1] = System.nanoTime();
            }
            return deliveries.received() >= deliveries.acknowledged()
                    || System.nanoTime() - last[1] > patience.toNanos();
        });
    }

    /** Stops all traffic with nothing half done: what was received is deleted too. */
    public void finish() {
        sending = false;
        receiving = false;
        long end = System.nanoTime() + STUCK.toNanos();
        runUntil(() -> workers.stream().allMatch(Worker::idle) || System.nanoTime() >= end);
    }

    public Latencies sendLatencies() {
        return sendLatencies;
    }

    public long requests() {
        return loop.requests();
    }

    @Override
    public void close() {
        loop.close();
    }

    int port() {
        return port;
    }

    Queues queues() {
        return queues;
    }

    Body body() {
        return body;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Flow flow() {
        return flow;
    }

    EventLoop loop() {
        return loop;
    }

    int receiveWaitSeconds() {
        return flow.matched() ? 0 : LONG_POLL_SECONDS;
    }

    /** Whether this worker may send now; one that only sends is called again when the window opens. */
    boolean maySend(Worker worker) {
        if (!sending) {
            return false;
        }
        if (windowOpen()) {
            return true;
        }
        if (worker.onlySends()) {
            parkedSenders.add(worker);
        }
        return false;
    }

    int queueToSend() {
        int queue = nextQueue;
        nextQueue = (nextQueue + 1) % queues.count();
        return queue;
    }

    /** The queue to ask next, or -1: nothing to ask now. */
    int queueToReceive(Worker worker) {
        if (!receiving) {
            return -1;
        }
        if (!flow.matched()) {
            return 0;
        }
        Integer queue = queuesWithMessages.poll();
        if (queue == null) {
            parkedReceivers.add(worker);
            return -1;
        }
        return queue;
    }

    void recordSend(long nanos) {
        sendLatencies.record(nanos);
    }

    void acknowledged(int queue, int count) {
        if (flow.matched()) {
            waiting[queue] += count;
            offer(queue);
        }
    }

    void received(int queue, int count) {
        if (flow.matched()) {
            waiting[queue] -= count;
            if (count < flow.batch() && waiting[queue] > 0) {
                offer(queue);
            }
        }
    }

    void deleted(int count) {
        deliveries.delete(count);
        while (!parkedSenders.isEmpty() && windowOpen()) {
            parkedSenders.remove().go();
        }
    }

    private void offer(int queue) {
        queuesWithMessages.add(queue);
        Worker receiver = parkedReceivers.poll();
        if (receiver != null) {
            receiver.go();
        }
    }

    private boolean windowOpen() {
        return deliveries.sent() - deliveries.deleted() - depthAtStart < flow.window();
    }

    private void add(int count, boolean sends, boolean receives) {
        for (int i = 0; i < count; i++) {
            workers.add(new Worker(this, workers.size(), sends, receives));
        }
    }
}
