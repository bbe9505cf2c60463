package dev.holdfast.dashboard;

import dev.holdfast.kit.start.ServiceMain;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the process begins. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... args) {
        ServiceMain.run("dashboard", "DASHBOARD_PORT", args);
    }
}
