package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.REDRIVE_ALLOW_POLICY;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.REDRIVE_POLICY;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The attributes RedrivePolicy, on a source, and RedriveAllowPolicy, on a dead-letter queue. */
class RedrivePolicyIT extends Conformance {
    private static final String INVALID = "InvalidParameterValue";
    private static final String INVALID_ATTRIBUTE = "InvalidAttributeValue";

    private String deadLetters = "";
    private String deadLettersArn = "";

    @BeforeEach
    void createDeadLetterQueue() {
        deadLetters = create(Map.of());
        deadLettersArn = arn(deadLetters);
    }

    @Test
    void policyIsShownAsItWasSet() {
        set(REDRIVE_POLICY, redrivePolicy(deadLettersArn, 3));

        assertThat(attribute(REDRIVE_POLICY)).isEqualTo(redrivePolicy(deadLettersArn, 3));
    }

    @Test
    void countSentAsAStringComesBackAsANumber() {
        set(REDRIVE_POLICY, "{\"deadLetterTargetArn\":\"" + deadLettersArn + "\",\"maxReceiveCount\":\"3\"}");

        assertThat(attribute(REDRIVE_POLICY)).isEqualTo(redrivePolicy(deadLettersArn, 3));
    }

    @Test
    void newQueueMayHaveAPolicy() {
        String source = create(Map.of(REDRIVE_POLICY, redrivePolicy(deadLettersArn, 3)));

        assertThat(attribute(source, REDRIVE_POLICY)).isEqualTo(redrivePolicy(deadLettersArn, 3));
    }

    @Test
    void emptiedPolicyVanishes() {
        set(REDRIVE_POLICY, redrivePolicy(deadLettersArn, 3));

        set(REDRIVE_POLICY, "");

        assertThat(attribute(REDRIVE_POLICY)).isEqualTo("absent");
    }

    @Test
    void countFrom1To1000IsAccepted() {
        set(REDRIVE_POLICY, redrivePolicy(deadLettersArn, 1));
        set(REDRIVE_POLICY, redrivePolicy(deadLettersArn, 1_000));

        assertThat(attribute(REDRIVE_POLICY)).contains("1000");
    }

    @Test
    void countBeyond1To1000IsRefused() {
        for (int count : List.of(-1, 0, 1_001)) {
            assertRefused(INVALID, () -> set(REDRIVE_POLICY, redrivePolicy(deadLettersArn, count)))
                    .contains("Invalid value for maxReceiveCount: " + count
                            + ", valid values are from 1 to 1000 both inclusive.");
        }
    }

    @Test
    void missingCountIsRefused() {
        assertRefused(INVALID, () -> set(REDRIVE_POLICY, "{\"deadLetterTargetArn\":\"" + deadLettersArn + "\"}"))
                .contains("Redrive policy does not contain mandatory attribute: maxReceiveCount.");
    }

    @Test
    void missingTargetIsRefused() {
        assertRefused(INVALID, () -> set(REDRIVE_POLICY, "{\"maxReceiveCount\":3}"))
                .contains("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
    }

    @Test
    void targetThatDoesNotExistIsRefused() {
        assertRefused(INVALID, () -> set(REDRIVE_POLICY, redrivePolicy(deadLettersArn + "-missing", 3)))
                .endsWith("Dead letter target does not exist.");
    }

    @Test
    void targetInAnotherRegionIsRefused() {
        assertRefused(
                INVALID, () -> set(REDRIVE_POLICY, redrivePolicy(deadLettersArn.replace("us-east-1", "eu-west-1"), 3)));
    }

    @Test
    void targetThatIsNoArnIsRefused() {
        assertRefused(INVALID, () -> set(REDRIVE_POLICY, redrivePolicy("not-an-arn", 3)));
    }

    @Test
    void policyThatIsNoJsonObjectIsRefused() {
        for (String policy : List.of("{", "text", "[]", "3")) {
            assertRefused(INVALID_ATTRIBUTE, () -> set(REDRIVE_POLICY, policy));
        }
    }

    @Test
    void everySourceIsAllowedUnlessSomethingElseIsSaid() {
        assertThat(attribute(deadLetters, REDRIVE_ALLOW_POLICY)).isEqualTo("absent");
        set(deadLetters, REDRIVE_ALLOW_POLICY, "{\"redrivePermission\":\"allowAll\"}");

        set(REDRIVE_POLICY, redrivePolicy(deadLettersArn, 3));

        assertThat(attribute(deadLetters, REDRIVE_ALLOW_POLICY)).isEqualTo("{\"redrivePermission\":\"allowAll\"}");
    }

    @Test
    void denyAllRefusesEverySource() {
        set(deadLetters, REDRIVE_ALLOW_POLICY, "{\"redrivePermission\":\"denyAll\"}");

        assertRefused(INVALID, () -> set(REDRIVE_POLICY, redrivePolicy(deadLettersArn, 3)));
        assertRefused(INVALID, () -> create(Map.of(REDRIVE_POLICY, redrivePolicy(deadLettersArn, 3))));
    }

    @Test
    void byQueueAllowsTheSourcesItLists() {
        set(deadLetters, REDRIVE_ALLOW_POLICY, byQueue(List.of(arn(queueUrl))));

        set(REDRIVE_POLICY, redrivePolicy(deadLettersArn, 3));

        assertRefused(INVALID, () -> create(Map.of(REDRIVE_POLICY, redrivePolicy(deadLettersArn, 3))));
    }

    @Test
    void tenSourcesMayBeListedAndNoMore() {
        set(deadLetters, REDRIVE_ALLOW_POLICY, byQueue(Collections.nCopies(10, arn(queueUrl))));

        assertRefused(
                INVALID_ATTRIBUTE,
                () -> set(deadLetters, REDRIVE_ALLOW_POLICY, byQueue(Collections.nCopies(11, arn(queueUrl)))));
    }

    @Test
    void sourcesAreListedOnlyWithByQueue() {
        String policy = byQueue(List.of(arn(queueUrl)));

        assertRefused(
                INVALID_ATTRIBUTE, () -> set(deadLetters, REDRIVE_ALLOW_POLICY, policy.replace("byQueue", "allowAll")));
        assertRefused(
                INVALID_ATTRIBUTE, () -> set(deadLetters, REDRIVE_ALLOW_POLICY, policy.replace("byQueue", "denyAll")));
        assertRefused(
                INVALID_ATTRIBUTE, () -> set(deadLetters, REDRIVE_ALLOW_POLICY, "{\"redrivePermission\":\"byQueue\"}"));
    }

    @Test
    void unknownPermissionIsRefused() {
        for (String policy : List.of("{\"redrivePermission\":\"some\"}", "{\"other\":1}", "{", "[]")) {
            assertRefused(INVALID_ATTRIBUTE, () -> set(deadLetters, REDRIVE_ALLOW_POLICY, policy));
        }
    }

    @Test
    void emptiedAllowPolicyVanishesAndAllowsAll() {
        set(deadLetters, REDRIVE_ALLOW_POLICY, "{\"redrivePermission\":\"denyAll\"}");

        set(deadLetters, REDRIVE_ALLOW_POLICY, "");

        assertThat(attribute(deadLetters, REDRIVE_ALLOW_POLICY)).isEqualTo("absent");
        set(REDRIVE_POLICY, redrivePolicy(deadLettersArn, 3));
    }

    @Test
    void membersThatSayNothingAreLeftOut() {
        for (String nothing : List.of("null", "[]", "null,\"other\":null")) {
            set(REDRIVE_ALLOW_POLICY, "{\"redrivePermission\":\"denyAll\",\"sourceQueueArns\":" + nothing + "}");
            assertThat(attribute(REDRIVE_ALLOW_POLICY)).isEqualTo("{\"redrivePermission\":\"denyAll\"}");
        }
        assertRefused(
                "InvalidAttributeValue",
                () -> set(REDRIVE_ALLOW_POLICY, "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":null}"));
        set(REDRIVE_ALLOW_POLICY, "{\"redrivePermission\":null,\"sourceQueueArns\":null}");
        assertThat(attribute(REDRIVE_ALLOW_POLICY)).isEqualTo("absent");
    }

    @Test
    void memberGivenTwiceAndTextBehindTheEndAreRefused() {
        for (String json : List.of(
                "{\"redrivePermission\":\"denyAll\",\"redrivePermission\":\"allowAll\"}",
                "{\"redrivePermission\":\"denyAll\"}{\"redrivePermission\":\"allowAll\"}")) {
            assertRefused("InvalidAttributeValue", () -> set(REDRIVE_ALLOW_POLICY, json));
        }
    }

    private static String byQueue(List<String> sourceArns) {
        return "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"" + String.join("\",\"", sourceArns) + "\"]}";
    }
}
