package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.POLICY;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** AddPermission, RemovePermission and the attribute Policy, as they write and show it; what it grants is tested elsewhere. */
class AddPermissionIT extends Conformance {
    private static final String INVALID = "InvalidParameterValue";
    private static final String GUEST = "111111111111";

    private String arn = "";

    @BeforeEach
    void arnOfTheQueue() {
        arn = arn(queueUrl);
    }

    @Test
    void statementIsWrittenAsAmazonSqsWritesIt() {
        add("senders", List.of(GUEST), List.of("SendMessage"));

        assertThat(attribute(POLICY))
                .isEqualTo(policy("{\"Sid\":\"senders\",\"Effect\":\"Allow\","
                        + "\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:root\"},"
                        + "\"Action\":\"SQS:SendMessage\",\"Resource\":\"" + arn + "\"}"));
    }

    @Test
    void severalAccountsAndActionsAreLists() {
        add("both", List.of(GUEST, "222222222222"), List.of("SendMessage", "ReceiveMessage"));

        assertThat(attribute(POLICY))
                .contains("\"AWS\":[\"arn:aws:iam::111111111111:root\",\"arn:aws:iam::222222222222:root\"]")
                .contains("\"Action\":[\"SQS:SendMessage\",\"SQS:ReceiveMessage\"]");
    }

    @Test
    void allActionsAreGrantedByAnAsterisk() {
        add("all", List.of(GUEST), List.of("*"));

        assertThat(attribute(POLICY)).contains("\"Action\":\"SQS:*\"");
    }

    @Test
    void secondLabelIsASecondStatement() {
        add("a", List.of(GUEST), List.of("SendMessage"));
        add("b", List.of(GUEST), List.of("ReceiveMessage"));

        assertThat(attribute(POLICY)).contains("\"Sid\":\"a\"").contains("\"Sid\":\"b\"");
    }

    @Test
    void labelInUseIsRefused() {
        add("a", List.of(GUEST), List.of("SendMessage"));

        assertRefused(INVALID, () -> add("a", List.of(GUEST), List.of("ReceiveMessage")))
                .isEqualTo("Value a for parameter Label is invalid. Reason: Already exists.");
    }

    @Test
    void removedLabelIsGone() {
        add("a", List.of(GUEST), List.of("SendMessage"));
        add("b", List.of(GUEST), List.of("ReceiveMessage"));

        remove("a");

        assertThat(attribute(POLICY)).doesNotContain("\"Sid\":\"a\"").contains("\"Sid\":\"b\"");
    }

    @Test
    void policyVanishesWithItsLastLabel() {
        add("a", List.of(GUEST), List.of("SendMessage"));

        remove("a");

        assertThat(attribute(POLICY)).isEqualTo("absent");
    }

    @Test
    void unknownLabelCannotBeRemoved() {
        assertRefused(INVALID, () -> remove("a"))
                .isEqualTo("Value a for parameter Label is invalid. Reason: can't find label.");
        add("b", List.of(GUEST), List.of("SendMessage"));
        assertRefused(INVALID, () -> remove("a"))
                .isEqualTo("Value a for parameter Label is invalid. Reason: can't find label on existing policy.");
    }

    @Test
    void labelOf80OfTheAllowedCharactersIsAccepted() {
        String label = "Az09_-" + "x".repeat(74);
        add(label, List.of(GUEST), List.of("SendMessage"));

        assertThat(attribute(POLICY)).contains(label);
    }

    @Test
    void labelThatIsEmptyTooLongOrHasOtherCharactersIsRefused() {
        for (String label : List.of("", "x".repeat(81), "a b", "a.b")) {
            assertRefused(INVALID, () -> add(label, List.of(GUEST), List.of("SendMessage")));
        }
    }

    @Test
    void sevenActionsAreAcceptedAndEightOverTheLimit() {
        List<String> eight = List.of(
                "SendMessage",
                "ReceiveMessage",
                "DeleteMessage",
                "ChangeMessageVisibility",
                "GetQueueAttributes",
                "GetQueueUrl",
                "PurgeQueue",
                "ListDeadLetterSourceQueues");
        add("seven", List.of(GUEST), eight.subList(0, 7));

        assertRefused("OverLimit", () -> add("eight", List.of(GUEST), eight))
                .isEqualTo("8 Actions were found, maximum allowed is 7.");
    }

    @Test
    void actionsOfTheOwnerAloneAreRefused() {
        for (String action : List.of("CreateQueue", "DeleteQueue", "SetQueueAttributes", "AddPermission")) {
            assertRefused(INVALID, () -> add("a", List.of(GUEST), List.of(action)))
                    .contains(action);
        }
    }

    @Test
    void unknownActionIsRefused() {
        assertRefused(INVALID, () -> add("a", List.of(GUEST), List.of("Fly"))).contains("SQS:Fly");
    }

    @Test
    void accountThatIsNoneIsRefused() {
        for (String account : List.of("1", "1111111111111", "guest", "")) {
            assertRefused(INVALID, () -> add("a", List.of(account), List.of("SendMessage")));
        }
    }

    @Test
    void missingMembersAreRefused() {
        assertRefused("MissingParameter", () -> add("a", List.of(), List.of("SendMessage")));
        assertRefused("MissingParameter", () -> add("a", List.of(GUEST), List.of()));
        assertRefused(
                "MissingParameter",
                () -> sqs.addPermission(request ->
                        request.queueUrl(queueUrl).awsAccountIds(GUEST).actions("SendMessage")));
    }

    @Test
    void policyIsShownAsItWasSetAndVanishesWhenEmptied() {
        String policy = policy("{\"Sid\":\"a\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:SendMessage\","
                + "\"Resource\":\"" + arn + "\"}");
        set(POLICY, policy);
        assertThat(attribute(POLICY)).isEqualTo(policy);

        set(POLICY, "");

        assertThat(attribute(POLICY)).isEqualTo("absent");
    }

    @Test
    void policyThatIsNoneIsRefused() {
        for (String policy : List.of("{", "text", "[]", "{\"Statement\":1}")) {
            assertRefused("InvalidAttributeValue", () -> set(POLICY, policy));
        }
    }

    @Test
    void permissionIsAddedToAPolicyThatWasSet() {
        set(
                POLICY,
                policy("{\"Sid\":\"mine\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:SendMessage\","
                        + "\"Resource\":\"" + arn + "\"}"));

        add("yours", List.of(GUEST), List.of("ReceiveMessage"));

        assertThat(attribute(POLICY)).contains("\"Sid\":\"mine\"").contains("\"Sid\":\"yours\"");
    }

    private String policy(String statement) {
        return "{\"Version\":\"2008-10-17\",\"Id\":\"" + arn + "/SQSDefaultPolicy\",\"Statement\":[" + statement + "]}";
    }

    private void add(String label, List<String> accounts, List<String> actions) {
        sqs.addPermission(request ->
                request.queueUrl(queueUrl).label(label).awsAccountIds(accounts).actions(actions));
    }

    private void remove(String label) {
        sqs.removePermission(request -> request.queueUrl(queueUrl).label(label));
    }
}
