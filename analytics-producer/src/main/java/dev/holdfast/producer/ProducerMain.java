package dev.holdfast.producer;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The program: ends with 0 after a signal, with 1 and one line that says why where it cannot start. */
@QuarkusMain
public final class ProducerMain {
    private ProducerMain() {}

    public static void main(String... args) {
        Runtime.getRuntime().addShutdownHook(new Thread(ProducerMain::endInOrder, "exit"));
        Quarkus.run(null, ProducerMain::exit, args);
    }

    /** A JVM ended by SIGTERM answers 143 however orderly it was, which a supervisor reads as a failure. */
    private static void endInOrder() {
        Application application = Application.currentApplication();
        if (application != null) {
            application.awaitShutdown();
        }
        Runtime.getRuntime().halt(0);
    }

    /** Called once everything is closed; halting, so that the hook does not make a 0 of a failure. */
    private static void exit(int code, @Nullable Throwable failure) {
        if (failure != null) {
            System.err.println("analytics-producer cannot start: " + reason(failure));
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
            case StartFailure known -> String.valueOf(known.getMessage());
            case ConfigValidationException settings ->
                IntStream.range(0, settings.getProblemCount())
                        .mapToObj(index -> settings.getProblem(index).getMessage())
                        .collect(Collectors.joining("; "));
            default -> innermost.toString();
        };
    }
}
