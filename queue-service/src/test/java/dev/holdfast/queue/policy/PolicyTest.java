package dev.holdfast.queue.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.api.Transport;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final String OWNER = "000000000000";
    private static final String FRIEND = "111111111111";
    private static final String STRANGER = "222222222222";
    private static final Transport PLAIN = new Transport(Objects.requireNonNull(IpRange.address("203.0.113.7")), false);
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:q";

    @Test
    void withoutAPolicyOnlyTheOwnerMayAnything() {
        assertThat(may(Policy.none(), OWNER, "SendMessage")).isTrue();
        assertThat(may(Policy.none(), FRIEND, "SendMessage")).isFalse();
        assertThat(may(Policy.none(), Call.ANONYMOUS, "SendMessage")).isFalse();
    }

    @Test
    void anAllowCountsForItsAccountItsActionAndItsQueueOnly() {
        Policy policy = policy(allow("{\"AWS\":\"" + FRIEND + "\"}", "\"SQS:SendMessage\"", QUEUE, ""));

        assertThat(may(policy, FRIEND, "SendMessage")).isTrue();
        assertThat(may(policy, FRIEND, "SendMessageBatch")).isTrue();
        assertThat(may(policy, FRIEND, "ReceiveMessage")).isFalse();
        assertThat(may(policy, STRANGER, "SendMessage")).isFalse();
        assertThat(may(policy, Call.ANONYMOUS, "SendMessage")).isFalse();
        assertThat(policy.allows(new Policy.Question(FRIEND, OWNER, "SendMessage", QUEUE + "2", Transport.NONE)))
                .isFalse();
    }

    @Test
    void theStarMeansEverybodyTheAnonymousIncluded() {
        Policy star = policy(allow("\"*\"", "\"sqs:*\"", "*", ""));
        Policy awsStar = policy(allow("{\"AWS\":[\"*\"]}", "[\"sqs:send*\"]", QUEUE, ""));

        assertThat(may(star, Call.ANONYMOUS, "ReceiveMessage")).isTrue();
        assertThat(may(awsStar, Call.ANONYMOUS, "SendMessage")).isTrue();
        assertThat(may(awsStar, Call.ANONYMOUS, "ReceiveMessage")).isFalse();
    }

    @Test
    void whatOnlyTheOwnerMayIsNeverGranted() {
        Policy star = policy(allow("\"*\"", "\"*\"", "*", ""));

        assertThat(Policy.OWNER_ONLY).allSatisfy(action -> {
            assertThat(may(star, FRIEND, action)).isFalse();
            assertThat(may(star, OWNER, action)).isTrue();
        });
    }

    @Test
    void oneDenyWinsWhateverTheOrderAndBindsTheOwnerExceptForMendingThePolicy() {
        String allow = allow("\"*\"", "\"SQS:*\"", QUEUE, "");
        String deny = allow("\"*\"", "\"SQS:*\"", QUEUE, "").replace("Allow", "Deny");

        for (Policy policy : new Policy[] {policy(allow + "," + deny), policy(deny + "," + allow)}) {
            assertThat(may(policy, FRIEND, "SendMessage")).isFalse();
            assertThat(may(policy, OWNER, "SendMessage")).isFalse();
            assertThat(may(policy, OWNER, "SetQueueAttributes")).isTrue();
            assertThat(may(policy, OWNER, "RemovePermission")).isTrue();
        }
    }

    @Test
    void rootsAreAccountsWhileServicesUsersAndRolesAreNobodyHere() {
        assertThat(may(
                        policy(allow("{\"AWS\":\"arn:aws:iam::111111111111:root\"}", "\"SQS:*\"", "*", "")),
                        FRIEND,
                        "SendMessage"))
                .isTrue();
        assertThat(may(
                        policy(allow("{\"AWS\":\"arn:aws:iam::111111111111:user/x\"}", "\"SQS:*\"", "*", "")),
                        FRIEND,
                        "SendMessage"))
                .isFalse();
        assertThat(may(
                        policy(allow("{\"Service\":\"sns.amazonaws.com\"}", "\"SQS:*\"", "*", "")),
                        FRIEND,
                        "SendMessage"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"StringEquals":{"aws:PrincipalAccount":"111111111111"}}                | true
            {"StringEquals":{"aws:PrincipalAccount":["2","111111111111"]}}          | true
            {"StringEquals":{"aws:PrincipalAccount":"2"}}                           | false
            {"StringNotEquals":{"aws:PrincipalAccount":"2"}}                        | true
            {"StringLike":{"AWS:principalaccount":"1111*"}}                         | true
            {"StringNotLike":{"aws:PrincipalAccount":"1111*"}}                      | false
            {"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::11*:root"}}                | true
            {"ArnEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:1:topic"}}         | false
            {"ArnEqualsIfExists":{"aws:SourceArn":"arn:aws:sns:us-east-1:1:topic"}} | true
            {"ArnNotEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:1:topic"}}      | true
            {"Bool":{"aws:SecureTransport":"false"}}                                | true
            {"Bool":{"aws:SecureTransport":true}}                                   | false
            {"StringEqualsIgnoreCase":{"aws:PrincipalArn":"ARN:aws:iam::111111111111:ROOT"}} | true
            {"ArnLike":{"aws:PrincipalArn":"arn:*:root:*:*:*"}}                     | false
            {"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}                         | true
            {"IpAddress":{"aws:SourceIp":["10.0.0.0/8","203.0.113.7"]}}             | true
            {"IpAddress":{"aws:SourceIp":"2001:db8::/32"}}                          | false
            {"NotIpAddress":{"aws:SourceIp":"203.0.113.0/29"}}                      | false
            {"NotIpAddress":{"aws:SourceIp":"203.0.113.8/29"}}                      | true
            {"Null":{"aws:SourceArn":"true"}}                                       | true
            {"Null":{"aws:SourceArn":"false"}}                                      | false
            {"Null":{"aws:PrincipalArn":"false"}}                                   | true
            {"Bool":{"aws:SecureTransport":"false"},"StringEquals":{"aws:PrincipalAccount":"2"}} | false
            """)
    void aStatementAppliesOnlyIfAllItsConditionsHold(String condition, boolean applies) {
        Policy policy = policy(allow("\"*\"", "\"SQS:*\"", QUEUE, ",\"Condition\":" + condition));

        assertThat(may(policy, FRIEND, "SendMessage")).isEqualTo(applies);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"}}  | false
            {"StringLike":{"aws:PrincipalAccount":"*"}}             | false
            {"StringEquals":{"aws:PrincipalAccount":"anonymous"}}   | false
            {"StringNotEquals":{"aws:PrincipalAccount":"1"}}        | true
            {"StringEqualsIfExists":{"aws:PrincipalAccount":"1"}}   | true
            {"Null":{"aws:PrincipalAccount":"true"}}                | true
            """)
    void anAnonymousCallerHasNoPrincipalKeys(String condition, boolean applies) {
        Policy policy = policy(allow("\"*\"", "\"SQS:*\"", QUEUE, ",\"Condition\":" + condition));

        assertThat(may(policy, Call.ANONYMOUS, "SendMessage")).isEqualTo(applies);
    }

    @Test
    void theConnectionSaysWhetherItIsSecure() {
        Policy plainDenied = policy(allow("\"*\"", "\"SQS:*\"", QUEUE, "") + ","
                + allow("\"*\"", "\"SQS:*\"", QUEUE, ",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}")
                        .replace("Allow", "Deny"));

        assertThat(may(plainDenied, FRIEND, "SendMessage")).isFalse();
        assertThat(plainDenied.allows(
                        new Policy.Question(FRIEND, OWNER, "SendMessage", QUEUE, new Transport(PLAIN.source(), true))))
                .isTrue();
    }

    @Test
    void aBatchIsDeniedByEitherNameAndAllowedByItsSingleActionAlone() {
        String all = allow("\"*\"", "\"SQS:*\"", QUEUE, "");
        String batch = allow("\"*\"", "\"SQS:SendMessageBatch\"", QUEUE, "");

        assertThat(may(policy(batch), FRIEND, "SendMessageBatch")).isFalse();
        assertThat(may(policy(all + "," + batch.replace("Allow", "Deny")), FRIEND, "SendMessageBatch"))
                .isFalse();
        assertThat(may(policy(all + "," + batch.replace("Allow", "Deny")), FRIEND, "SendMessage"))
                .isTrue();
    }

    @Test
    void storedPolicyThatCannotBeEvaluatedDeniesAllButMendingIt() {
        Policy stored = Policy.stored("{\"Version\":\"2012-10-17\",\"Statement\":["
                + allow("\"*\"", "\"SQS:*\"", QUEUE, ",\"Condition\":{\"StringEquals\":{\"nonsense:key\":\"x\"}}")
                + "]}");

        assertThat(may(stored, FRIEND, "SendMessage")).isFalse();
        assertThat(may(stored, OWNER, "SendMessage")).isFalse();
        assertThat(may(stored, FRIEND, "SetQueueAttributes")).isFalse();
        assertThat(may(stored, OWNER, "SetQueueAttributes")).isTrue();
        assertThat(stored.unknown().orElseThrow()).contains("nonsense:key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"StringEquals":{"aws:PrincipalType":"User"}}              | aws:PrincipalType
            {"StringEquals":{"nonsense:key":"x"}}                      | nonsense:key
            {"StringNotEquals":{"aws:SourceVpc":"vpc-1"}}              | aws:SourceVpc
            {"StringLike":{"aws:SourceIp":"10.*"}}                     | aws:SourceIp
            {"StringEquals":{"aws:SecureTransport":"true"}}            | aws:SecureTransport
            {"Bool":{"aws:SecureTransport":"yes"}}                     | yes
            {"IpAddress":{"aws:SourceIp":"localhost"}}                 | localhost
            {"IpAddress":{"aws:SourceIp":"10.0.0.0/33"}}               | 10.0.0.0/33
            {"ArnLike":{"aws:SourceArn":"arn:aws:sns:*"}}              | arn:aws:sns:*
            {"ArnLike":{"aws:PrincipalAccount":"arn:aws:iam::1:root"}} | aws:PrincipalAccount
            {"NullIfExists":{"aws:SourceArn":"true"}}                  | NullIfExists
            {"Null":{"aws:SourceArn":"maybe"}}                         | maybe
            {"ForAllValues:StringLike":{"aws:SourceArn":"x"}}          | ForAllValues:StringLike
            {"DateLessThan":{"aws:CurrentTime":"2026-01-01"}}          | DateLessThan
            {"NumericEquals":{"aws:SourceAccount":"1"}}                | NumericEquals
            {"stringequals":{"aws:SourceAccount":"1"}}                 | stringequals
            {"StringEquals":{"aws:SourceAccount":"${aws:PrincipalAccount}"}} | ${aws:PrincipalAccount}
            {"StringEquals":{"aws:SourceAccount":1}}                   | aws:SourceAccount
            {"StringEquals":{"aws:SourceAccount":[]}}                  | aws:SourceAccount
            {"StringEquals":{}}                                        | StringEquals
            """)
    void aConditionThatIsNotEvaluatedIsRefusedByName(String condition, String named) {
        for (String effect : new String[] {"Allow", "Deny"}) {
            String statement = allow("\"*\"", "\"SQS:*\"", QUEUE, ",\"Condition\":" + condition)
                    .replace("Allow", effect);

            assertThat(catchThrowableOfType(SqsException.class, () -> policy(statement))
                            .sentence())
                    .contains(named);
        }
    }

    @Test
    void variablesAreRefusedWhereTheyWouldMeanSomething() {
        String statement = allow("\"*\"", "\"SQS:*\"", "arn:aws:sqs:us-east-1:${aws:PrincipalAccount}:q", "");

        assertThat(catchThrowableOfType(SqsException.class, () -> policy(statement))
                        .sentence())
                .contains("${aws:PrincipalAccount}");
        assertThat(may(
                        Policy.parse("{\"Version\":\"2008-10-17\",\"Statement\":" + statement + "}"),
                        FRIEND,
                        "SendMessage"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            not json                                                                 | not valid JSON
            {"Statement":[]} {}                                                      | not valid JSON
            []                                                                       | one JSON object
            ~~                                                                       | one JSON object
            {}                                                                       | Statement
            {"Statement":[]}                                                         | Statement
            {"Statement":["x"]}                                                      | Statement
            {"Version":"2020-01-01","Statement":[]}                                  | Version
            {"Surprise":1,"Statement":[]}                                            | Surprise
            {"Statement":{"Effect":"Maybe"}}                                         | Effect
            {"Statement":{"Effect":"Allow","NotPrincipal":"*"}}                      | NotPrincipal
            {"Statement":{"Effect":"Allow","Principal":"*","NotAction":"SQS:*"}}     | NotAction
            {"Statement":{"Effect":"Allow","Principal":"*"}}                         | Action
            {"Statement":{"Effect":"Allow","Principal":"*","Action":[]}}             | Action
            {"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:Get"}}       | s3:Get
            {"Statement":{"Effect":"Deny","Principal":"*","Action":"SQS:SendMesage"}} | SQS:SendMesage
            {"Statement":{"Effect":"Allow","Principal":"*","Action":"SQS:*"}}        | Resource
            {"Statement":{"Effect":"Allow","Action":"SQS:*","Resource":"*"}}         | Principal
            {"Statement":{"Effect":"Allow","Principal":{},"Action":"SQS:*","Resource":"*"}}            | Principal
            {"Statement":{"Effect":"Allow","Principal":{"AWS":"bob"},"Action":"SQS:*","Resource":"*"}} | bob
            {"Statement":{"Effect":"Allow","Principal":{"Cat":"bob"},"Action":"SQS:*","Resource":"*"}} | Cat
            {"Statement":{"Effect":"Allow","Principal":"*","Action":"SQS:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"1"}}}} | IpAddress
            {"Statement":{"Effect":"Allow","Principal":"*","Action":"SQS:*","Resource":"*","Condition":[]}} | Condition
            {"Statement":{"Effect":"Allow","Effect":"Deny"}}                         | not valid JSON
            """)
    void whatCannotBeObeyedIsRefusedByName(String document, String named) {
        SqsException refusal = catchThrowableOfType(SqsException.class, () -> Policy.parse(document));

        assertThat(refusal.error()).isEqualTo(SqsError.INVALID_ATTRIBUTE_VALUE);
        assertThat(refusal.sentence())
                .startsWith("Invalid value for the parameter Policy.")
                .contains(named);
    }

    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "a*b*c, aXXbYYc, true",
        "a*b, ab, true",
        "a*b, abc, false",
        "?, '', false",
        "a?c, abc, true",
        "a, ab, false",
        "**a, ba, true",
        "*a*a*a*a*b, aaaaaaaaaaaaaaaaaaaa, false"
    })
    void wildcards(String pattern, String text, boolean matches) {
        assertThat(Wildcard.matches(pattern, text)).isEqualTo(matches);
    }

    private static String allow(String principal, String action, String resource, String more) {
        return "{\"Effect\":\"Allow\",\"Principal\":" + principal + ",\"Action\":" + action + ",\"Resource\":\""
                + resource + "\"" + more + "}";
    }

    private static Policy policy(String statements) {
        return Policy.parse("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}");
    }

    private static boolean may(Policy policy, String account, String action) {
        return policy.allows(new Policy.Question(account, OWNER, action, QUEUE, PLAIN));
    }
}
