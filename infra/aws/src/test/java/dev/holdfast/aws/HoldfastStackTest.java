package dev.holdfast.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.harness.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What the template promises about doors, disks and rights. The CDK runs in Node; without it there is nothing to look at. */
class HoldfastStackTest {
    @TempDir
    private static Path folder;

    /** Before each and not once, or the tests would be missing from the report instead of skipped in it. */
    @BeforeEach
    void nodeIsThere() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":")).anyMatch(each -> Files.isExecutable(Path.of(each, "node"))),
                "the AWS CDK needs Node.js (node on the PATH), which is not installed here");
    }

    @BeforeAll
    static void packagesAreThere() throws IOException {
        for (String name : List.of("holdfast-queue", "holdfast-analytics")) {
            Files.writeString(folder.resolve(name + ".deb"), name);
        }
    }

    @Test
    void onlyHost2ReachesTheQueueAndNobodyTheDashboard() {
        Template template = template(Map.of());

        template.resourceCountIs("AWS::EC2::Instance", 2);
        assertThat(resources(template, "AWS::EC2::SecurityGroup"))
                .allSatisfy(group -> assertThat(group).doesNotContainKey("SecurityGroupIngress"));
        assertThat(resources(template, "AWS::EC2::SecurityGroupIngress"))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule).containsEntry("FromPort", 9324).containsEntry("ToPort", 9324);
                    assertThat(String.valueOf(rule.get("SourceSecurityGroupId")))
                            .contains("AnalyticsHostTraffic");
                    assertThat(String.valueOf(rule.get("GroupId"))).contains("QueueHostTraffic");
                });
    }

    @Test
    void theDashboardIsOpenedToTheRangeGivenAndNothingElseIs() {
        Template template = template(Map.of("allowedCidr", "203.0.113.0/24"));

        template.hasResourceProperties(
                "AWS::EC2::SecurityGroup",
                Map.of(
                        "SecurityGroupIngress",
                        List.of(Match.objectLike(
                                Map.of("CidrIp", "203.0.113.0/24", "FromPort", 8443, "ToPort", 8443)))));
        assertThat(template.toJSON().toString()).doesNotContain("ToPort=22,");
    }

    @Test
    void theDataVolumeIsEncryptedAndOutlivesInstanceAndStack() {
        Template template = template(Map.of("dataVolumeGib", "50"));

        template.hasResource(
                "AWS::EC2::Volume",
                Map.of(
                        "DeletionPolicy", "Retain",
                        "UpdateReplacePolicy", "Retain",
                        "Properties", Match.objectLike(Map.of("Encrypted", true, "Size", 50, "VolumeType", "gp3"))));
        template.resourceCountIs("AWS::EC2::VolumeAttachment", 1);

        Template without = template(Map.of("queueHost", "absent"));
        without.resourceCountIs("AWS::EC2::Instance", 1);
        without.resourceCountIs("AWS::EC2::Volume", 1);
        without.resourceCountIs("AWS::EC2::VolumeAttachment", 0);
    }

    @Test
    void aLostVolumeIsMadeAgainFromASnapshot() {
        template(Map.of("dataSnapshot", "snap-0123456789abcdef0"))
                .hasResourceProperties(
                        "AWS::EC2::Volume", Match.objectLike(Map.of("SnapshotId", "snap-0123456789abcdef0")));
    }

    @Test
    void theDataVolumeIsSnapshottedDaily() {
        Template template = template(Map.of());

        template.hasResourceProperties(
                "AWS::DLM::LifecyclePolicy",
                Match.objectLike(Map.of(
                        "State",
                        "ENABLED",
                        "PolicyDetails",
                        Match.objectLike(Map.of(
                                "TargetTags", List.of(Map.of("Key", "holdfast:snapshots", "Value", "daily")))))));
        template.hasResourceProperties(
                "AWS::EC2::Volume",
                Match.objectLike(Map.of(
                        "Tags", Match.arrayWith(List.of(Map.of("Key", "holdfast:snapshots", "Value", "daily"))))));
    }

    @Test
    void instancesAnswerMetadataToTokensOnlyAndHaveNoSshKey() {
        Template template = template(Map.of());

        assertThat(resources(template, "AWS::EC2::Instance")).hasSize(2).allSatisfy(instance -> {
            assertThat(instance).doesNotContainKey("KeyName");
            assertThat(instance.toString()).contains("Encrypted=true");
        });
        template.allResourcesProperties(
                "AWS::EC2::Instance",
                Match.objectLike(Map.of(
                        "MetadataOptions",
                        Match.objectLike(Map.of("HttpTokens", "required", "HttpPutResponseHopLimit", 1)))));
    }

    @Test
    void rolesOpenNamedThingsAndOnlySessionManagerAndListingEverything() {
        Template template = template(Map.of("queue", "sqs"));

        assertThat(statements(template))
                .filteredOn(statement -> "*".equals(statement.get("Resource")))
                .allSatisfy(statement -> assertThat(String.valueOf(statement.get("Action")))
                        .matches("sqs:ListQueues|\\[ssm:UpdateInstanceInformation(, ssmmessages:\\w+){4}]"));
        assertThat(statements(template))
                .noneSatisfy(statement ->
                        assertThat(String.valueOf(statement.get("Action"))).contains(":*"));
        assertThat(template.toJSON().toString()).doesNotContain("AmazonSSMManagedInstanceCore");
    }

    @Test
    void noSecretIsInTheTemplateAndHost1AloneMayWriteIt() {
        Template template = template(Map.of());

        assertThat(resources(template, "AWS::SSM::Parameter"))
                .as("addresses of packages")
                .hasSize(2)
                .allSatisfy(parameter ->
                        assertThat(String.valueOf(parameter.get("Value"))).contains("s3://"));
        assertThat(statements(template))
                .filteredOn(statement -> String.valueOf(statement.get("Action")).contains("ssm:PutParameter"))
                .singleElement()
                .satisfies(statement -> assertThat(String.valueOf(statement.get("Resource")))
                        .contains("parameter/Test/secret-access-key"));
    }

    @Test
    void firstBootInstallsThePackageAndIsAScriptThatBashUnderstands() throws Exception {
        Template template = template(Map.of("allowedCidr", "203.0.113.0/24"));

        List<Map<String, Object>> instances = resources(template, "AWS::EC2::Instance");
        assertThat(instances)
                .allSatisfy(instance -> assertThat(String.valueOf(instance.get("UserData")))
                        .contains("holdfast-upgrade", "set -euo pipefail")
                        .doesNotContainPattern("@[A-Z_]+@"));
        for (String name : List.of("queue-host.sh", "analytics-host.sh")) {
            Path script = folder.resolve(name);
            Files.writeString(script, FirstBoot.script(name, Map.of(), Map.of()));
            assertThat(Program.of("bash", "-n", script.toString()).run(Duration.ofMinutes(1)))
                    .isEqualTo(new Program.Outcome(0, ""));
        }
    }

    @Test
    void amazonSqsTakesThePlaceOfHost1() {
        Template template = template(Map.of("queue", "sqs"));

        template.resourceCountIs("AWS::EC2::Instance", 1);
        template.resourceCountIs("AWS::EC2::Volume", 0);
        template.hasResource(
                "AWS::SQS::Queue",
                Map.of(
                        "DeletionPolicy",
                        "Retain",
                        "Properties",
                        Match.objectLike(Map.of(
                                "QueueName",
                                "price-events",
                                "VisibilityTimeout",
                                30,
                                "RedrivePolicy",
                                Match.objectLike(Map.of("maxReceiveCount", 5)),
                                "SqsManagedSseEnabled",
                                true))));
        assertThat(statements(template))
                .filteredOn(statement -> String.valueOf(statement.get("Action")).contains("sqs:SendMessage"))
                .singleElement()
                .satisfies(statement -> assertThat(String.valueOf(statement.get("Action")))
                        .doesNotContain("Purge", "DeleteQueue", "CreateQueue"));
    }

    private static Template template(Map<String, String> chosen) {
        App app = new App();
        Map<String, Object> context = new HashMap<>(chosen);
        Parameters parameters = Parameters.from(context::get, folder);
        return Template.fromStack(new HoldfastStack(
                app,
                "Test",
                StackProps.builder()
                        .env(Environment.builder().region(parameters.region()).build())
                        .build(),
                parameters));
    }

    /** The properties of each resource of that type. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> resources(Template template, String type) {
        return template.findResources(type).values().stream()
                .map(resource -> (Map<String, Object>) resource.getOrDefault("Properties", Map.of()))
                .toList();
    }

    /** Every statement that a policy of the stack's own grants to a role. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> statements(Template template) {
        return resources(template, "AWS::IAM::Policy").stream()
                .map(policy -> (Map<String, Object>) policy.getOrDefault("PolicyDocument", Map.of()))
                .flatMap(document ->
                        ((List<Map<String, Object>>) document.getOrDefault("Statement", List.of())).stream())
                .toList();
    }
}
