package dev.holdfast.aws;

import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** Host 1 with the queue and host 2 with the rest, or host 2 alone beside Amazon SQS. */
final class HoldfastStack extends Stack {
    HoldfastStack(Construct scope, String id, StackProps properties, Parameters parameters) {
        super(scope, id, properties);
        Network network = new Network(this, parameters.allowedCidr());
        switch (parameters.queue()) {
            case HOLDFAST -> {
                new QueueHost(this, network, parameters);
                new AnalyticsHost(this, network, parameters, Optional.empty());
            }
            case SQS -> new AnalyticsHost(this, network, parameters, Optional.of(new AmazonSqsQueues(this)));
        }
    }
}
