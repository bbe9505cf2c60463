package dev.holdfast.queue.server;

import dev.holdfast.kit.start.ServiceMain;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the process begins. Beside the exit codes of every service there is 74: the disk failed (see Halt). */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... args) {
        ServiceMain.run("queue-service", "QUEUE_PORT", args);
    }
}
