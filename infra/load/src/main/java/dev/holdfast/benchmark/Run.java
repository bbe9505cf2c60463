package dev.holdfast.benchmark;

import dev.holdfast.benchmark.client.Groups;
import dev.holdfast.benchmark.load.Deliveries;
import dev.holdfast.benchmark.load.Flow;
import dev.holdfast.benchmark.load.Phase;
import dev.holdfast.benchmark.scenario.Measurement;
import dev.holdfast.benchmark.scenario.Metric;
import dev.holdfast.benchmark.scenario.Numbers;
import dev.holdfast.benchmark.scenario.Scenario;
import dev.holdfast.benchmark.server.Fleet;
import dev.holdfast.benchmark.server.Places;
import dev.holdfast.benchmark.server.Server;
import dev.holdfast.benchmark.server.ServerKind;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Goes through the scenarios, and in each through the servers again and again, so that what disturbs the machine disturbs all alike. */
final class Run {
    private static final Duration WARM_LIMIT = Duration.ofSeconds(90);
    private static final double MIB = 1024 * 1024;

    private final Options options;
    private final Places places;
    private final PrintStream progress;
    private final Path logs;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    Run(Options options, Places places, PrintStream progress) {
        this.options = options;
        this.places = places;
        this.progress = progress;
        this.logs = options.results().resolve("logs");
    }

    /** Runs everything that was asked for; {@link #failures} says afterwards what the checks found. */
    List<Measurement> perform() {
        List<Scenario> onServers = new ArrayList<>();
        for (Scenario scenario : options.scenarios()) {
            switch (scenario.kind()) {
                case START -> starts(scenario);
                case SQLITE -> apart(scenario, "sqlite");
                case REDIS -> apart(scenario, "redis");
                case LIFE, SEND, WAKE, IDLE -> onServers.add(scenario);
            }
        }
        if (!onServers.isEmpty()) {
            try (Fleet fleet = Fleet.start(options.servers(), places, logs, (kind, why) -> fail("start", kind, why))) {
                fleet.servers().forEach(this::warm);
                for (Scenario scenario : onServers) {
                    fleet.revive().forEach(this::warm);
                    interleave(scenario, fleet.servers());
                }
            }
        }
        return measurements;
    }

    List<String> failures() {
        return failures;
    }

    private void starts(Scenario scenario) {
        for (int round = 1; round <= options.rounds(); round++) {
            for (ServerKind kind : options.servers()) {
                Map<Metric, Double> values = new EnumMap<>(Metric.class);
                try (Server server = Server.start(kind, places, logs)) {
                    values.put(Metric.START, server.startTime().toMillis() * 1.0);
                    values.put(Metric.RESIDENT, server.residentBytes() / MIB);
                    add(scenario, kind.id(), round, values, List.of());
                } catch (IllegalStateException e) {
                    fail(scenario.id(), kind, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private void apart(Scenario scenario, String id) {
        for (int round = 1; round <= options.rounds(); round++) {
            Map<Metric, Double> values = scenario.kind() == Scenario.Kind.SQLITE
                    ? SqliteCeiling.measure(scenario.flow().batch(), options.duration())
                    : RedisStreams.measure(scenario.flow(), scenario.body(), options.duration());
            add(scenario, id, round, values, List.of());
        }
    }

    /** Compilers and caches of every server get the same number of messages first, ten at a time and singly. */
    private void warm(Server server) {
        server.resume();
        long startNanos = System.nanoTime();
        Scenario batches = Scenario.named("life-batch-16");
        Deliveries deliveries = new Deliveries(batches.body(), Groups.NONE);
        var queues = server.control().create("warm-up", 1, Groups.NONE);
        for (Flow flow :
                List.of(batches.flow(), Scenario.named("life-single-16").flow())) {
            long goal = deliveries.deleted() + options.warmMessages() / 2;
            long end = System.nanoTime() + WARM_LIMIT.dividedBy(2).toNanos();
            try (Phase phase = Phase.start(server.port(), queues, batches.body(), deliveries, flow)) {
                phase.runUntil(() -> deliveries.deleted() >= goal || System.nanoTime() >= end);
                phase.stopSending();
                phase.drain(Stage.PATIENCE);
                phase.finish();
            }
        }
        server.control().delete(queues);
        progress.printf(
                Locale.ROOT,
                "warmed %s with %,d messages in %.0f s%n",
                server.kind().title(),
                deliveries.deleted(),
                (System.nanoTime() - startNanos) / 1e9);
        server.pause();
    }

    private void interleave(Scenario scenario, List<Server> servers) {
        Map<Server, Stage> stages = new LinkedHashMap<>();
        Set<Server> broken = new HashSet<>();
        for (Server server : servers) {
            guarded(scenario, server, broken, () -> stages.put(server, new Stage(scenario, server)));
        }
        for (int round = 1; round <= options.rounds(); round++) {
            int current = round;
            stages.forEach((server, stage) -> {
                if (!broken.contains(server)) {
                    guarded(scenario, server, broken, () -> {
                        Map<Metric, Double> values = stage.measure(options.duration());
                        add(scenario, server.kind().id(), current, values, stage.failures());
                    });
                }
            });
        }
        stages.forEach((server, stage) -> {
            if (!broken.contains(server)) {
                guarded(scenario, server, broken, () -> {
                    for (String failure : stage.finish()) {
                        fail(scenario.id(), server.kind(), failure);
                    }
                });
            }
        });
    }

    /** Gives the server the CPU for one piece of work; a server that fails it is left out of the scenario's other rounds. */
    private void guarded(Scenario scenario, Server server, Set<Server> broken, Runnable work) {
        server.resume();
        try {
            work.run();
        } catch (RuntimeException e) {
            broken.add(server);
            fail(scenario.id(), server.kind(), String.valueOf(e.getMessage()));
        } finally {
            server.pause();
        }
    }

    private void fail(String scenario, ServerKind server, String what) {
        String line = scenario + ", " + server.title() + ": " + what;
        failures.add(line);
        progress.println("FAILED " + line);
    }

    private void add(
            Scenario scenario, String server, int round, Map<Metric, Double> values, List<String> checkFailures) {
        measurements.add(new Measurement(scenario.id(), server, round, values, List.copyOf(checkFailures)));
        StringBuilder line = new StringBuilder("%-16s round %d  %-14s".formatted(scenario.id(), round, server));
        values.forEach((metric, value) -> {
            if (metric != Metric.FILL_RATE && metric != Metric.FILES && metric != Metric.SEND_P999) {
                line.append("  ").append(Numbers.rounded(value)).append(' ').append(metric.title());
            }
        });
        progress.println(line);
    }
}
