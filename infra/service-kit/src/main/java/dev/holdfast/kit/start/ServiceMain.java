package dev.holdfast.kit.start;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import org.jspecify.annotations.Nullable;

/**
 * The life of a service's process. It ends with 0 after an orderly stop, and with 1 and one line on the terminal where it could not
 * start; the line is the journal's too, because a supervisor keeps what a service prints.
 */
public final class ServiceMain {
    private static final int STOPPED_IN_ORDER = 0;
    private static final int COULD_NOT_START = 1;

    private final String service;
    private final String portSetting;

    private ServiceMain(String service, String portSetting) {
        this.service = service;
        this.portSetting = portSetting;
    }

    /**
     * Runs until the process is told to stop; does not return.
     *
     * @param portSetting the environment variable that chooses another port
     */
    public static void run(String service, String portSetting, String... args) {
        Runtime.getRuntime().addShutdownHook(new Thread(ServiceMain::endInOrder, "exit"));
        Quarkus.run(null, new ServiceMain(service, portSetting)::exit, args);
    }

    /**
     * A JVM ended by SIGTERM answers 143 however orderly it was, which a supervisor reads as a failure. A hook, because the JVM waits for
     * its hooks and for nothing else.
     */
    private static void endInOrder() {
        Application application = Application.currentApplication();
        if (application != null) {
            application.awaitShutdown();
        }
        Runtime.getRuntime().halt(STOPPED_IN_ORDER);
    }

    /** Called once everything is closed. It halts, so that the hook does not turn a failure into a 0. */
    private void exit(int code, @Nullable Throwable failure) {
        if (failure != null) {
            var refusal = new Refusal(portSetting, failure);
            System.err.println(service + " cannot start: " + refusal.line());
            if (!refusal.isForeseen()) {
                failure.printStackTrace();
            }
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(failure == null ? code : COULD_NOT_START);
    }
}
