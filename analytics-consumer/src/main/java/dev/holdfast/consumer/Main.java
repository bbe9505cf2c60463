package dev.holdfast.consumer;

import dev.holdfast.consumer.verify.VerifyCommand;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where the process begins: the service, or the command {@code verify}. Exit codes of the service: 0 stopped in order, 1 could not start. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... args) {
        if (args.length > 0 && args[0].equals("verify")) {
            System.exit(VerifyCommand.run(List.of(args).subList(1, args.length), System.out, System.err));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(Main::endInOrder, "exit"));
        Quarkus.run(null, Main::exit, args);
    }

    /**
     * A SIGTERM that was followed in order gets the exit code 0, where the JVM would give 143 as after any signal, and supervisors would
     * report a failure. A hook, because the JVM waits for its hooks and for nothing else.
     */
    private static void endInOrder() {
        Application application = Application.currentApplication();
        if (application != null) {
            application.awaitShutdown();
        }
        Runtime.getRuntime().halt(0);
    }

    /** Called once everything is closed. */
    private static void exit(int code, @Nullable Throwable failure) {
        if (failure != null) {
            System.err.println("analytics-consumer cannot start: " + reason(failure));
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    /** The innermost cause says it in the words of who found it. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return switch (innermost) {
            case CannotStartException known -> String.valueOf(known.getMessage());
            case ConfigValidationException settings ->
                IntStream.range(0, settings.getProblemCount())
                        .mapToObj(index -> settings.getProblem(index).getMessage())
                        .collect(Collectors.joining("; "));
            default -> innermost.toString();
        };
    }
}
