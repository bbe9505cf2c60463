package dev.holdfast.aws;

import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/** What the CDK's command line runs; {@code -c name=value} sets what {@link Parameters} lists. */
public final class HoldfastApp {
    private HoldfastApp() {}

    public static void main(String[] arguments) {
        App app = new App();
        Parameters parameters =
                Parameters.from(name -> app.getNode().tryGetContext(name), Path.of("../packages/target"));
        new HoldfastStack(
                app,
                "Holdfast",
                StackProps.builder()
                        .description("Holdfast: a queue that loses nothing, and the analytics pipeline on it")
                        .env(Environment.builder().region(parameters.region()).build())
                        .build(),
                parameters);
        app.synth();
    }
}
