package dev.holdfast.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.dlm.CfnLifecyclePolicy;
import software.amazon.awscdk.services.ec2.CfnVolumeAttachment;
import software.amazon.awscdk.services.ec2.EbsDeviceVolumeType;
import software.amazon.awscdk.services.ec2.Instance;
import software.amazon.awscdk.services.ec2.Volume;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.route53.ARecord;
import software.amazon.awscdk.services.route53.PrivateHostedZone;
import software.amazon.awscdk.services.route53.RecordTarget;
import software.constructs.Construct;

/** Host 1: queue-service, and its database on a volume of its own that outlives the instance and the stack. */
final class QueueHost {
    private static final String SNAPSHOT_TAG = "holdfast:snapshots";
    private static final String DAILY = "daily";
    private static final int SNAPSHOTS_KEPT = 14;

    QueueHost(Construct scope, Network network, Parameters parameters) {
        PrivateHostedZone zone = network.zone();
        Host host = new Host(scope, "QueueHost", parameters, "holdfast-queue");
        host.allowParameters(
                List.of("ssm:GetParameter", "ssm:PutParameter"),
                List.of("access-key-id", "secret-access-key", "queue-certificate", "queue-key"));
        // A volume cannot be made from another snapshot afterwards, so each snapshot makes a volume of its own.
        Volume.Builder data = Volume.Builder.create(
                scope, "QueueData" + parameters.dataSnapshot().orElse(""));
        parameters.dataSnapshot().ifPresent(data::snapshotId);
        Volume volume = data.availabilityZone(
                        network.vpc().getAvailabilityZones().getFirst())
                .size(Size.gibibytes(parameters.dataVolumeGib()))
                .volumeType(EbsDeviceVolumeType.GP3)
                .encrypted(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        Tags.of(volume).add(SNAPSHOT_TAG, DAILY);
        dailySnapshots(scope);
        CfnOutput.Builder.create(scope, "QueueDataVolume")
                .value(volume.getVolumeId())
                .build();
        if (parameters.queueHostPresent()) {
            Instance instance = host.instance(
                    network,
                    network.queueHost(),
                    parameters.queueInstanceType(),
                    parameters.image(),
                    "queue-host.sh",
                    Map.of("VOLUME", volume.getVolumeId(), "QUEUE_NAME", Network.QUEUE_NAME));
            CfnVolumeAttachment.Builder.create(scope, "QueueDataAttachment")
                    .instanceId(instance.getInstanceId())
                    .volumeId(volume.getVolumeId())
                    .device("/dev/sdf")
                    .build();
            ARecord.Builder.create(scope, "QueueName")
                    .zone(zone)
                    .recordName("queue")
                    .ttl(Duration.seconds(30))
                    .target(RecordTarget.fromIpAddresses(instance.getInstancePrivateIp()))
                    .build();
            CfnOutput.Builder.create(scope, "QueueHostInstance")
                    .value(instance.getInstanceId())
                    .build();
        }
    }

    /** A snapshot of the running volume is what a power failure leaves, and queue-service recovers from that. */
    private static void dailySnapshots(Construct scope) {
        Role role = Role.Builder.create(scope, "SnapshotRole")
                .assumedBy(new ServicePrincipal("dlm.amazonaws.com"))
                .managedPolicies(List.of(
                        ManagedPolicy.fromAwsManagedPolicyName("service-role/AWSDataLifecycleManagerServiceRole")))
                .build();
        CfnLifecyclePolicy.Builder.create(scope, "DailySnapshots")
                .description("Daily snapshots of the queue data volume")
                .state("ENABLED")
                .executionRoleArn(role.getRoleArn())
                .policyDetails(CfnLifecyclePolicy.PolicyDetailsProperty.builder()
                        .resourceTypes(List.of("VOLUME"))
                        .targetTags(List.of(software.amazon.awscdk.CfnTag.builder()
                                .key(SNAPSHOT_TAG)
                                .value(DAILY)
                                .build()))
                        .schedules(List.of(CfnLifecyclePolicy.ScheduleProperty.builder()
                                .name(DAILY)
                                .copyTags(true)
                                .createRule(CfnLifecyclePolicy.CreateRuleProperty.builder()
                                        .interval(24)
                                        .intervalUnit("HOURS")
                                        .times(List.of("03:00"))
                                        .build())
                                .retainRule(CfnLifecyclePolicy.RetainRuleProperty.builder()
                                        .count(SNAPSHOTS_KEPT)
                                        .build())
                                .build()))
                        .build())
                .build();
    }
}
