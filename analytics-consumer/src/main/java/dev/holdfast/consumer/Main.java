package dev.holdfast.consumer;

import dev.holdfast.consumer.verify.VerifyCommand;
import dev.holdfast.kit.start.ServiceMain;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/** Where the process begins: the service, or the command {@code verify}. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... args) {
        if (args.length > 0 && args[0].equals("verify")) {
            System.exit(VerifyCommand.run(List.of(args).subList(1, args.length), System.out, System.err));
        }
        ServiceMain.run("analytics-consumer", "CONSUMER_PORT", args);
    }
}
