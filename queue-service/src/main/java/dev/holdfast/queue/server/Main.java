package dev.holdfast.queue.server;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import org.jspecify.annotations.Nullable;

/** Where the process begins. Exit codes: 0 stopped in order, 1 could not start, 74 the disk failed (see Halt). */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... args) {
        Runtime.getRuntime().addShutdownHook(new Thread(Main::endInOrder, "exit"));
        Quarkus.run(null, Main::exit, args);
    }

    /**
     * A SIGTERM that was followed in order ends with 0, where the JVM would say 143 as after any signal and supervisors would
     * report a failure. A hook, because the JVM waits for its hooks and for nothing else.
     */
    private static void endInOrder() {
        Application application = Application.currentApplication();
        if (application != null) {
            application.awaitShutdown();
        }
        Runtime.getRuntime().halt(0);
    }

    /** Called once everything is closed. What a start failed of is said here, unless the log has it. */
    private static void exit(int code, @Nullable Throwable failure) {
        if (failure != null && !(ExceptionUtil.getRootCause(failure) instanceof PreventFurtherStepsException)) {
            Throwable cause = ExceptionUtil.getRootCause(failure);
            System.err.println("queue-service cannot start: "
                    + (cause instanceof ConfigurationException ? cause.getMessage() : cause));
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }
}
