package dev.holdfast.benchmark;

import dev.holdfast.benchmark.client.Queues;
import dev.holdfast.benchmark.load.Deliveries;
import dev.holdfast.benchmark.load.Flow;
import dev.holdfast.benchmark.load.ParkedPolls;
import dev.holdfast.benchmark.load.Phase;
import dev.holdfast.benchmark.load.WakeUp;
import dev.holdfast.benchmark.scenario.Metric;
import dev.holdfast.benchmark.scenario.Scenario;
import dev.holdfast.benchmark.server.Kernel;
import dev.holdfast.benchmark.server.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One scenario set up on one server: its queues, what waits in them, and the check that goes with them through all rounds. */
final class Stage {
    private static final Duration RUN_UP = Duration.ofSeconds(1);
    private static final Duration FILL_LIMIT = Duration.ofMinutes(4);
    /** How long a queue may give nothing before what is missing counts as lost. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int FILL_CONNECTIONS = 16;
    private static final long OWN_PID = ProcessHandle.current().pid();
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final double MIB = 1024 * 1024;

    private final Scenario scenario;
    private final Server server;
    private final Queues queues;
    private final Deliveries deliveries;
    private final Map<Metric, Double> fixed = new EnumMap<>(Metric.class);

    Stage(Scenario scenario, Server server) {
        this.scenario = scenario;
        this.server = server;
        this.deliveries = new Deliveries(scenario.body(), scenario.groups());
        this.queues = server.control().create(scenario.id(), scenario.queues(), scenario.groups());
        if (scenario.depth() > 0) {
            fill();
        }
    }

    /** Loads the server once and returns what was seen. */
    Map<Metric, Double> measure(Duration duration) {
        Map<Metric, Double> values = new EnumMap<>(fixed);
        switch (scenario.kind()) {
            case LIFE, SEND -> traffic(duration, values);
            case WAKE -> wakeUps(duration, values);
            case IDLE ->
                values.put(
                        Metric.IDLE_CPU,
                        100
                                * ParkedPolls.cpuShare(
                                        server.port(), queues, scenario.flow().receivers(), server::cpu, duration));
            case START, SQLITE, REDIS -> throw new IllegalStateException(scenario.id() + " needs no stage.");
        }
        values.put(Metric.RESIDENT, server.residentBytes() / MIB);
        if (server.kind().stores()) {
            values.put(Metric.FILES, server.fileBytes() / MIB);
        }
        return values;
    }

    /** What the checks found so far. */
    List<String> failures() {
        return deliveries.failures();
    }

    /** The last checks, after all rounds: the server's own count must agree with ours; then the queues go. */
    List<String> finish() {
        List<String> all = new ArrayList<>();
        if (scenario.depth() == 0) {
            deliveries.checkAllReceived();
        }
        long counted = 0;
        for (int i = 0; i < queues.count(); i++) {
            counted += server.control().count(queues, i);
        }
        long expected = deliveries.acknowledged() - deliveries.deleted();
        if (counted != expected) {
            deliveries.fail("the server counts " + counted + " messages where " + expected + " should be");
        }
        all.addAll(deliveries.failures());
        server.control().delete(queues);
        return all;
    }

    private void fill() {
        Flow flow = Flow.send(FILL_CONNECTIONS, 10);
        try (Phase phase = start(flow)) {
            long startNanos = System.nanoTime();
            if (!phase.fill(scenario.depth(), FILL_LIMIT)) {
                throw new IllegalStateException("filling took more than " + FILL_LIMIT.toMinutes() + " minutes: "
                        + deliveries.acknowledged() + " messages were in");
            }
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            fixed.put(Metric.FILL_RATE, deliveries.acknowledged() / seconds);
        }
    }

    private void traffic(Duration duration, Map<Metric, Double> values) {
        boolean life = scenario.kind() == Scenario.Kind.LIFE;
        try (Phase phase = start(scenario.flow())) {
            phase.runFor(RUN_UP);
            phase.sendLatencies().clear();
            long messages = messages(life);
            long requests = phase.requests();
            Duration serverCpu = server.cpu();
            Duration clientCpu = Kernel.cpu(OWN_PID);
            Duration machineCpu = Kernel.machineCpu();
            long startNanos = System.nanoTime();
            phase.runFor(duration);
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            double done = messages(life) - messages;
            values.put(Metric.RATE, done / seconds);
            double serverMicros = micros(server.cpu().minus(serverCpu));
            double clientMicros = micros(Kernel.cpu(OWN_PID).minus(clientCpu));
            double machineMicros = micros(Kernel.machineCpu().minus(machineCpu));
            values.put(Metric.SERVER_CPU, serverMicros / done);
            values.put(Metric.CLIENT_CPU, clientMicros / (phase.requests() - requests));
            values.put(
                    Metric.OTHERS_CPU,
                    Math.max(0, machineMicros - serverMicros - clientMicros) / (seconds * 1e4 * CORES));
            values.put(Metric.SEND_P50, phase.sendLatencies().percentileNanos(0.5) / 1e6);
            values.put(Metric.SEND_P99, phase.sendLatencies().percentileNanos(0.99) / 1e6);
            values.put(Metric.SEND_P999, phase.sendLatencies().percentileNanos(0.999) / 1e6);
            phase.stopSending();
            if (life && scenario.depth() == 0) {
                phase.drain(PATIENCE);
            }
            phase.finish();
        }
        if (!life) {
            try (Phase phase = start(Flow.drain(FILL_CONNECTIONS))) {
                phase.drain(PATIENCE);
                phase.finish();
            }
        }
    }

    private void wakeUps(Duration duration, Map<Metric, Double> values) {
        long[] delays = WakeUp.measure(server.port(), queues, scenario.body(), deliveries, duration);
        values.put(Metric.WAKE_P50, delays[delays.length / 2] / 1e6);
        values.put(Metric.WAKE_P99, delays[(int) (delays.length * 0.99)] / 1e6);
    }

    private Phase start(Flow flow) {
        return Phase.start(server.port(), queues, scenario.body(), deliveries, flow);
    }

    private long messages(boolean life) {
        return life ? deliveries.deleted() : deliveries.acknowledged();
    }

    private static double micros(Duration duration) {
        return duration.toNanos() / 1e3;
    }
}
