package dev.holdfast.consumer.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.consumer.config.ConsumerConfig;
import dev.holdfast.consumer.database.AnalyticsDatabase;
import dev.holdfast.kit.sqlite.Database;
import dev.holdfast.kit.sqlite.DatabaseException;
import dev.holdfast.kit.sqlite.UnusableDatabaseException;
import dev.holdfast.kit.sqs.CertificateAuthority;
import dev.holdfast.kit.sqs.SqsConfig;
import dev.holdfast.proof.Evidence;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.PrintStream;
import java.util.List;

/**
 * {@code java -jar quarkus-run.jar verify [--json]}: looks at the database, beside a running consumer or without one, and asks producer
 * and queue. Changes nothing.
 */
public final class VerifyCommand {
    /** What was found is good, as far as it can be known. */
    public static final int GOOD = 0;

    /** There are differences or lost events, or the database cannot be read; the output lists them. */
    public static final int BAD = 1;

    private static final int USAGE = 2;

    private final ConsumerConfig config;
    private final SqsConfig sqs;
    private final PrintStream out;
    private final PrintStream err;

    public VerifyCommand(ConsumerConfig config, SqsConfig sqs, PrintStream out, PrintStream err) {
        this.config = config;
        this.sqs = sqs;
        this.out = out;
        this.err = err;
    }

    /** Runs with the configuration that the service itself would have, without starting a server; returns the exit code. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDefaultInterceptors()
                .addDiscoveredSources()
                .addDiscoveredConverters()
                .withProfile("prod")
                .withMapping(ConsumerConfig.class)
                .withMapping(SqsConfig.class)
                .withValidateUnknown(false)
                .build();
        return new VerifyCommand(
                        config.getConfigMapping(ConsumerConfig.class),
                        config.getConfigMapping(SqsConfig.class),
                        out,
                        err)
                .run(arguments);
    }

    /** Returns the exit code. */
    public int run(List<String> arguments) {
        boolean json = arguments.equals(List.of("--json"));
        if (!json && !arguments.isEmpty()) {
            err.println("usage: verify [--json]");
            return USAGE;
        }
        try (Database database = AnalyticsDatabase.openReadOnly(config.database())) {
            Verification verification = new Verification(database.read(Recount::of), findings(database));
            out.print(json ? json(verification) : Report.text(verification));
            out.flush();
            return verification.isGood() ? GOOD : BAD;
        } catch (UnusableDatabaseException | DatabaseException e) {
            err.println("verify: " + e.getMessage());
            return BAD;
        }
    }

    private Findings findings(Database database) {
        try {
            return new Proving(config, sqs, new Http(sqs), database).findings();
        } catch (CertificateAuthority.UnusableFileException e) {
            return Findings.unknown(Evidence.Party.QUEUE, String.valueOf(e.getMessage()));
        }
    }

    private static String json(Verification verification) {
        try {
            return new JsonMapper().writeValueAsString(verification) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a verification that is no JSON: " + verification, e);
        }
    }
}
