package dev.holdfast.benchmark;

import dev.holdfast.benchmark.pipeline.PipelineBenchmark;
import dev.holdfast.benchmark.report.Machine;
import dev.holdfast.benchmark.report.Report;
import dev.holdfast.benchmark.report.Results;
import dev.holdfast.benchmark.scenario.Measurement;
import dev.holdfast.benchmark.scenario.Scenario;
import dev.holdfast.benchmark.server.Places;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;

/** The entry point behind {@code infra/benchmark}, which tells it where everything is by system properties. */
public final class Benchmark {
    private static final int CHECK_FAILED = 1;
    private static final int WRONG_USE = 2;

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Benchmark() {}

    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments)));
    }

    private static int run(List<String> arguments) {
        if (arguments.contains("--help")) {
            OUT.print(Options.HELP);
            return 0;
        }
        if (arguments.contains("--list")) {
            Scenario.all()
                    .forEach(scenario -> OUT.printf(
                            "%-16s %s%n", scenario.id(), scenario.family().title()));
            return 0;
        }
        Instant now = Instant.now();
        Path root = Path.of(System.getProperty("holdfast.root", "."))
                .toAbsolutePath()
                .normalize();
        Path target = root.resolve("infra/load/target");
        String time = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss")
                .withZone(ZoneOffset.UTC)
                .format(now);
        try {
            if (arguments.contains("--pipeline")) {
                new PipelineBenchmark(OUT).run(Options.pipelineEvents(arguments));
                return 0;
            }
            Options options = Options.parse(arguments, target.resolve("results").resolve(time));
            Places places = new Places(Path.of(System.getProperty("java.home")), root, target.resolve("peers"));
            return measure(options, places, arguments, now);
        } catch (Options.Refused e) {
            System.err.println(e.getMessage());
            return WRONG_USE;
        }
    }

    private static int measure(Options options, Places places, List<String> arguments, Instant now) {
        Machine machine = Machine.here();
        Run run = new Run(options, places, OUT);
        List<Measurement> measurements = run.perform();
        Report report = new Report(now, machine, arguments, new Results(measurements), run.failures());
        report.write(options.results());
        OUT.println();
        OUT.print(report.text());
        OUT.println("Written to " + options.results());
        return run.failures().isEmpty() ? 0 : CHECK_FAILED;
    }
}
