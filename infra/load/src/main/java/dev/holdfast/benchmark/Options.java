package dev.holdfast.benchmark;

import dev.holdfast.benchmark.scenario.Scenario;
import dev.holdfast.benchmark.server.ServerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the command line asked for.
 *
 * @param warmMessages lives each server goes through before its first measurement
 */
public record Options(
        List<Scenario> scenarios,
        List<ServerKind> servers,
        int rounds,
        Duration duration,
        long warmMessages,
        Path results) {

    public static final String HELP = """
            infra/benchmark [--quick | --full] [options]

            Loads Holdfast and its peers in turn on this machine, checks every message while it does, and writes a table,
            results.json and charts. Figures of different runs do not compare; ratios within one run do. Exit code 1: a check failed.

              --quick            the most telling scenarios against Holdfast, ElasticMQ and fauxqs in memory; about 3 minutes (default)
              --full             every scenario but those with a flag of their own, against every server; about 90 minutes
              --scenarios A,B    only these; a name stands for all that begin with it (life, backlog-1, fifo); see --list
              --servers A,B      only these: holdfast, elasticmq, elasticmq-h2, fauxqs, fauxqs-sqlite
              --rounds N         rounds over all servers, 1 to 20 (quick 2, full 5)
              --seconds N        length of one measurement, 1 to 600 (quick 3, full 5)
              --warm N           messages each server handles before it is measured, at most 90 s (quick 300000, full 1000000)
              --as-built         measures Holdfast as it was last built, whatever has changed since
              --backlog-10m      adds the backlog of ten million messages (Holdfast: about 15 GB of disk)
              --pipeline         instead of all that: the producer at 5,000 events/s and as fast as it can, then a consumer alone on one
                                 core with the queue that filled (needs taskset); about 2 minutes; --events N fills it with so many
                                 (100000 to 1000000, 500000)
              --redis            adds Redis Streams with appendfsync always (needs redis-server on the PATH)
              --results DIR      where to write (infra/load/target/results/<time>)
              --list             the scenarios
              --help             this text

            To see where Holdfast's time goes (JDK 25), set HOLDFAST_JAVA_OPTS to
              -XX:StartFlightRecording=jdk.CPUTimeSample#enabled=true,filename=/tmp/holdfast.jfr,dumponexit=true
            and afterwards ask: jfr view cpu-time-hot-methods /tmp/holdfast.jfr

            """;

    /** Thrown for a command line that cannot be obeyed; the message says what to change. */
    public static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    public static Options parse(List<String> arguments, Path defaultResults) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        boolean full = arguments.contains("--full");
        Predicate<Scenario> chosen = scenario -> full || scenario.quick();
        List<ServerKind> servers = full
                ? List.of(ServerKind.values())
                : List.of(ServerKind.HOLDFAST, ServerKind.ELASTICMQ, ServerKind.FAUXQS);
        boolean redis = false;
        boolean tenMillion = false;
        int rounds = full ? 5 : 2;
        long seconds = full ? 5 : 3;
        long warm = full ? 1_000_000 : 300_000;
        Path results = defaultResults;
        while (!rest.isEmpty()) {
            String option = rest.remove();
            switch (option) {
                case "--quick", "--full", "--as-built" -> {}
                case "--scenarios" -> chosen = scenariosNamed(value(option, rest));
                case "--servers" -> servers = serversNamed(value(option, rest));
                case "--rounds" -> rounds = (int) number(option, value(option, rest), 1, 20);
                case "--seconds" -> seconds = number(option, value(option, rest), 1, 600);
                case "--warm" -> warm = number(option, value(option, rest), 0, 100_000_000);
                case "--results" -> results = Path.of(value(option, rest));
                case "--redis" -> redis = true;
                case "--backlog-10m" -> tenMillion = true;
                default -> throw new Refused("Unknown option " + option + "; infra/benchmark --help lists them.");
            }
        }
        boolean withRedis = redis;
        boolean withTenMillion = tenMillion;
        Predicate<Scenario> byName = chosen;
        List<Scenario> scenarios = Scenario.all().stream()
                .filter(scenario -> switch (scenario.id()) {
                    case "backlog-10m" -> withTenMillion;
                    default -> scenario.kind() == Scenario.Kind.REDIS ? withRedis : byName.test(scenario);
                })
                .toList();
        return new Options(scenarios, servers, rounds, Duration.ofSeconds(seconds), warm, results);
    }

    /** How many events {@code --pipeline} is to be run with. */
    static long pipelineEvents(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        long events = 500_000;
        while (!rest.isEmpty()) {
            String option = rest.remove();
            switch (option) {
                case "--pipeline", "--as-built" -> {}
                case "--events" -> events = number(option, value(option, rest), 100_000, 1_000_000);
                default -> throw new Refused(option + " does not go with --pipeline; --events N and --as-built do.");
            }
        }
        return events;
    }

    private static Predicate<Scenario> scenariosNamed(String names) {
        List<String> prefixes = Arrays.asList(names.split(",", -1));
        for (String prefix : prefixes) {
            if (Scenario.all().stream().noneMatch(scenario -> scenario.id().startsWith(prefix))) {
                throw new Refused("No scenario begins with \"" + prefix + "\"; infra/benchmark --list names them.");
            }
        }
        List<String> exact = Scenario.all().stream()
                .map(Scenario::id)
                .filter(prefixes::contains)
                .toList();
        return scenario -> exact.contains(scenario.id())
                || prefixes.stream()
                        .filter(prefix -> !exact.contains(prefix))
                        .anyMatch(prefix -> scenario.id().startsWith(prefix));
    }

    private static List<ServerKind> serversNamed(String names) {
        List<ServerKind> servers = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            servers.add(Arrays.stream(ServerKind.values())
                    .filter(kind -> kind.id().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new Refused("No server is called \"" + name + "\"; choose among "
                            + String.join(
                                    ", ",
                                    Arrays.stream(ServerKind.values())
                                            .map(ServerKind::id)
                                            .toList())
                            + ".")));
        }
        return servers;
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new Refused(option + " needs a value; infra/benchmark --help shows it.");
        }
        return rest.remove();
    }

    private static long number(String option, String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for both.
        }
        throw new Refused(option + " takes a whole number from " + min + " to " + max + ", not \"" + text + "\".");
    }
}
