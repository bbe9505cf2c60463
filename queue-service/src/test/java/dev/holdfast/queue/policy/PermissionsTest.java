package dev.holdfast.queue.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.api.Transport;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PermissionsTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:q";
    private static final List<String> FRIEND = List.of("111111111111");
    private static final List<String> SEND = List.of("SendMessage");

    @Test
    void theFirstPermissionMakesThePolicyThatAmazonMakes() {
        String policy = Permissions.with(null, QUEUE, "l", FRIEND, List.of("ReceiveMessage"));

        assertThat(policy)
                .isEqualTo("{\"Version\":\"2008-10-17\",\"Id\":\"" + QUEUE + "/SQSDefaultPolicy\",\"Statement\":["
                        + "{\"Sid\":\"l\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:root\"},"
                        + "\"Action\":\"SQS:ReceiveMessage\",\"Resource\":\"" + QUEUE + "\"}]}");
    }

    @Test
    void severalAccountsAndActionsAreListsAndAreObeyed() {
        String policy = Permissions.with(
                null, QUEUE, "l", List.of("111111111111", "222222222222"), List.of("SendMessage", "DeleteMessage"));

        assertThat(policy)
                .contains("{\"AWS\":[\"arn:aws:iam::111111111111:root\",\"arn:aws:iam::222222222222:root\"]}")
                .contains("[\"SQS:SendMessage\",\"SQS:DeleteMessage\"]");
        assertThat(Policy.parse(policy)
                        .allows(new Policy.Question(
                                "222222222222", "000000000000", "DeleteMessage", QUEUE, Transport.NONE)))
                .isTrue();
    }

    @Test
    void thePolicyVanishesWithItsLastLabel() {
        String two = Permissions.with(Permissions.with(null, QUEUE, "a", FRIEND, SEND), QUEUE, "b", FRIEND, SEND);

        String one = Permissions.without(two, "a");

        assertThat(one).contains("\"Sid\":\"b\"").doesNotContain("\"Sid\":\"a\"");
        assertThat(Permissions.without(one, "b")).isNull();
    }

    @Test
    void aPolicyThatWasSetByHandIsExtended() {
        String byHand =
                "{\"Statement\":{\"Sid\":\"x\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"SQS:*\",\"Resource\":\"*\"}}";

        assertThat(Permissions.with(byHand, QUEUE, "y", FRIEND, SEND)).contains("\"Sid\":\"x\"", "\"Sid\":\"y\"");
    }

    @Test
    void labelsActionsAndAccountsAreChecked() {
        String policy = Permissions.with(null, QUEUE, "l", FRIEND, SEND);

        refused(
                () -> Permissions.with(policy, QUEUE, "l", FRIEND, SEND),
                SqsError.INVALID_PARAMETER_VALUE,
                "Already exists");
        refused(
                () -> Permissions.with(null, QUEUE, "no label", FRIEND, SEND),
                SqsError.INVALID_PARAMETER_VALUE,
                "Label");
        refused(
                () -> Permissions.with(null, QUEUE, "x".repeat(81), FRIEND, SEND),
                SqsError.INVALID_PARAMETER_VALUE,
                "Label");
        refused(
                () -> Permissions.with(null, QUEUE, "l", List.of("1"), SEND),
                SqsError.INVALID_PARAMETER_VALUE,
                "PrincipalId");
        refused(() -> Permissions.with(null, QUEUE, "l", List.of(), SEND), SqsError.MISSING_PARAMETER, "AWSAccountId");
        refused(() -> Permissions.with(null, QUEUE, "l", FRIEND, List.of()), SqsError.MISSING_PARAMETER, "ActionName");
        refused(
                () -> Permissions.with(null, QUEUE, "l", FRIEND, List.of("Explode")),
                SqsError.INVALID_PARAMETER_VALUE,
                "WSDL");
        refused(
                () -> Permissions.with(null, QUEUE, "l", FRIEND, List.of("CreateQueue")),
                SqsError.INVALID_PARAMETER_VALUE,
                "Only the queue owner");
        refused(
                () -> Permissions.with(null, QUEUE, "l", FRIEND, Collections.nCopies(8, "SendMessage")),
                SqsError.OVER_LIMIT,
                "8 Actions");
        refused(() -> Permissions.without(policy, "x"), SqsError.INVALID_PARAMETER_VALUE, "can't find label");
        refused(() -> Permissions.without(null, "x"), SqsError.INVALID_PARAMETER_VALUE, "can't find label");
    }

    private static void refused(ThrowingCallable action, SqsError error, String words) {
        SqsException refusal = catchThrowableOfType(SqsException.class, action);
        assertThat(refusal.error()).isEqualTo(error);
        assertThat(refusal.sentence()).contains(words);
    }
}
