package dev.holdfast.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.services.ec2.Instance;
import software.constructs.Construct;

/** Host 2: producer, consumer and dashboard, on either queue. */
final class AnalyticsHost {
    /** @param queues Amazon SQS's, or empty for those of host 1 */
    AnalyticsHost(Construct scope, Network network, Parameters parameters, Optional<AmazonSqsQueues> queues) {
        Host host = new Host(scope, "AnalyticsHost", parameters, "holdfast-analytics");
        List<String> readable = new ArrayList<>();
        if (queues.isEmpty()) {
            readable.addAll(List.of("access-key-id", "secret-access-key", "queue-certificate"));
        }
        queues.ifPresent(own -> allowQueues(host, own));
        if (parameters.allowedCidr().isPresent()) {
            host.allowParameters(List.of("ssm:PutParameter"), List.of("dashboard-password"));
            readable.add("dashboard-password");
        }
        if (!readable.isEmpty()) {
            host.allowParameters(List.of("ssm:GetParameter"), readable);
        }
        Instance instance = host.instance(
                network,
                network.analyticsHost(),
                parameters.analyticsInstanceType(),
                parameters.image(),
                "analytics-host.sh",
                Map.of(
                        "QUEUE_ENDPOINT",
                        queues.isEmpty() ? "https://" + Network.QUEUE_NAME + ":" + Network.QUEUE_PORT : "",
                        "DASHBOARD_PORT",
                        parameters.allowedCidr().isPresent() ? Integer.toString(Network.DASHBOARD_PORT) : ""));
        CfnOutput.Builder.create(scope, "AnalyticsHostInstance")
                .value(instance.getInstanceId())
                .build();
        parameters
                .allowedCidr()
                .ifPresent(cidr -> CfnOutput.Builder.create(scope, "Dashboard")
                        .value("https://" + instance.getInstancePublicIp() + ":" + Network.DASHBOARD_PORT)
                        .build());
    }

    /** What producer, consumer and dashboard do with their two queues; a batch needs the action of one message. */
    private static void allowQueues(Host host, AmazonSqsQueues queues) {
        host.allow(
                List.of(
                        "sqs:GetQueueUrl",
                        "sqs:GetQueueAttributes",
                        "sqs:SendMessage",
                        "sqs:ReceiveMessage",
                        "sqs:DeleteMessage",
                        "sqs:ChangeMessageVisibility"),
                queues.arns());
        host.allow(List.of("sqs:ListQueues"), List.of("*"));
    }
}
