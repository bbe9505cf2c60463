package dev.holdfast.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.BlockDevice;
import software.amazon.awscdk.services.ec2.BlockDeviceVolume;
import software.amazon.awscdk.services.ec2.EbsDeviceOptions;
import software.amazon.awscdk.services.ec2.EbsDeviceVolumeType;
import software.amazon.awscdk.services.ec2.HttpTokens;
import software.amazon.awscdk.services.ec2.IMachineImage;
import software.amazon.awscdk.services.ec2.Instance;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.MachineImage;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.UserData;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/** What both hosts have in common: a role that opens little, a package in S3, an instance that only its metadata's tokens open. */
final class Host {
    private static final String UBUNTU =
            "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id";
    private static final int ROOT_VOLUME_GIB = 12;

    private final Construct scope;
    private final String name;
    private final Role role;
    private final StringParameter packageAddress;

    /** @param name in the ids of all that belongs to the host */
    Host(Construct scope, String name, Parameters parameters, String packageName) {
        this.scope = scope;
        this.name = name;
        role = Role.Builder.create(scope, name + "Role")
                .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
                .build();
        // Session Manager and nothing more: the managed policy would open every parameter of the account.
        allow(
                List.of(
                        "ssm:UpdateInstanceInformation",
                        "ssmmessages:CreateControlChannel",
                        "ssmmessages:CreateDataChannel",
                        "ssmmessages:OpenControlChannel",
                        "ssmmessages:OpenDataChannel"),
                List.of("*"));
        Asset asset = Asset.Builder.create(scope, name + "Package")
                .path(parameters.packages().resolve(packageName + ".deb").toString())
                .build();
        asset.grantRead(role);
        // In a parameter and not in the user data: a new version must not make a new instance.
        packageAddress = StringParameter.Builder.create(scope, name + "PackageAddress")
                .parameterName(path(packageName + "-package"))
                .stringValue(asset.getS3ObjectUrl())
                .build();
        packageAddress.grantRead(role);
    }

    /** A statement in the role of the host. */
    void allow(List<String> actions, List<String> resources) {
        role.addToPrincipalPolicy(PolicyStatement.Builder.create()
                .actions(actions)
                .resources(resources)
                .build());
    }

    /** Parameters of this stack, by their last name. */
    void allowParameters(List<String> actions, List<String> names) {
        allow(
                actions,
                names.stream()
                        .map(each -> "arn:%s:ssm:%s:%s:parameter%s"
                                .formatted(
                                        stack().getPartition(), stack().getRegion(), stack().getAccount(), path(each)))
                        .toList());
    }

    /** An instance that runs the script at its first boot. */
    Instance instance(
            Network network,
            SecurityGroup traffic,
            String type,
            Optional<String> image,
            String script,
            Map<String, String> words) {
        return Instance.Builder.create(scope, name)
                .vpc(network.vpc())
                .securityGroup(traffic)
                .associatePublicIpAddress(true)
                .instanceType(new InstanceType(type))
                .machineImage(imageOf(image))
                .role(role)
                .httpTokens(HttpTokens.REQUIRED)
                .httpPutResponseHopLimit(1)
                .blockDevices(List.of(BlockDevice.builder()
                        .deviceName("/dev/sda1")
                        .volume(BlockDeviceVolume.ebs(
                                ROOT_VOLUME_GIB,
                                EbsDeviceOptions.builder()
                                        .encrypted(true)
                                        .volumeType(EbsDeviceVolumeType.GP3)
                                        .build()))
                        .build()))
                .userData(UserData.custom(FirstBoot.script(
                        script,
                        words,
                        Map.of(
                                "PREFIX", path(""),
                                "PACKAGE_PARAMETER", packageAddress.getParameterName(),
                                "REGION", stack().getRegion()))))
                .build();
    }

    private IMachineImage imageOf(Optional<String> image) {
        return image.map(ami -> MachineImage.genericLinux(Map.of(stack().getRegion(), ami)))
                .orElseGet(() -> MachineImage.fromSsmParameter(UBUNTU));
    }

    private String path(String last) {
        return "/" + stack().getStackName() + "/" + last;
    }

    private Stack stack() {
        return Stack.of(scope);
    }
}
