package dev.holdfast.aws;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.route53.PrivateHostedZone;
import software.constructs.Construct;

/**
 * One subnet, and who may open which connection. The hosts have public addresses, because they fetch packages and parameters and a NAT
 * gateway costs as much as both of them; nothing reaches them there, since no rule lets anybody in.
 */
final class Network {
    static final int QUEUE_PORT = 9324;
    static final int DASHBOARD_PORT = 8443;
    static final String ZONE = "holdfast.internal";
    static final String QUEUE_NAME = "queue." + ZONE;

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Construct scope;
    private final Vpc vpc;
    private final SecurityGroup queueHost;
    private final SecurityGroup analyticsHost;

    Network(Construct scope, Optional<String> allowedCidr) {
        this.scope = scope;
        vpc = Vpc.Builder.create(scope, "Network")
                .ipAddresses(IpAddresses.cidr("10.77.0.0/24"))
                .maxAzs(1)
                .natGateways(0)
                .subnetConfiguration(List.of(SubnetConfiguration.builder()
                        .name("hosts")
                        .subnetType(SubnetType.PUBLIC)
                        .cidrMask(25)
                        .build()))
                .restrictDefaultSecurityGroup(false)
                .build();
        queueHost = group("QueueHostTraffic", "Host 1: its queue for host 2, and nothing else");
        analyticsHost = group("AnalyticsHostTraffic", "Host 2: the dashboard for those who may, and nothing else");
        queueHost.addIngressRule(analyticsHost, Port.tcp(QUEUE_PORT), "the queue, for host 2");
        analyticsHost.addEgressRule(queueHost, Port.tcp(QUEUE_PORT), "the queue");
        allowedCidr.ifPresent(cidr ->
                analyticsHost.addIngressRule(Peer.ipv4(cidr), Port.tcp(DASHBOARD_PORT), "the dashboard, over TLS"));
    }

    private SecurityGroup group(String id, String description) {
        SecurityGroup group = SecurityGroup.Builder.create(scope, id)
                .vpc(vpc)
                .description(description)
                .allowAllOutbound(false)
                .build();
        group.addEgressRule(Peer.anyIpv4(), Port.tcp(HTTPS), "AWS's own services, packages");
        group.addEgressRule(Peer.anyIpv4(), Port.tcp(HTTP), "Ubuntu's packages");
        return group;
    }

    Vpc vpc() {
        return vpc;
    }

    SecurityGroup queueHost() {
        return queueHost;
    }

    SecurityGroup analyticsHost() {
        return analyticsHost;
    }

    /** Names that hold while instances come and go. */
    PrivateHostedZone zone() {
        return PrivateHostedZone.Builder.create(scope, "Names")
                .zoneName(ZONE)
                .vpc(vpc)
                .build();
    }
}
