package dev.holdfast.dashboard;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.jspecify.annotations.Nullable;

/** Where the process begins. A start that fails ends with 1 and one line that says why. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... args) {
        Quarkus.run(null, Main::exit, args);
    }

    private static void exit(int code, @Nullable Throwable failure) {
        if (failure != null) {
            System.err.println("dashboard cannot start: " + reason(failure));
        }
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    /** The innermost cause is the one in words for people. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof CannotStartException ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
