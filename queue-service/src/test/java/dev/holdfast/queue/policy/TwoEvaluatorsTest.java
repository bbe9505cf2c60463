package dev.holdfast.queue.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.api.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Policies and requests made at random: the evaluator that serves and the literal one come to the same. */
class TwoEvaluatorsTest {
    private static final int POLICIES = 4_000;
    private static final int QUESTIONS = 12;

    private static final List<String> ACCOUNTS = List.of("000000000000", "111111111111", "222222222222", "anonymous");
    private static final List<String> ACTIONS = List.of(
            "SendMessage",
            "SendMessageBatch",
            "ReceiveMessage",
            "DeleteMessageBatch",
            "SetQueueAttributes",
            "PurgeQueue",
            "RemovePermission",
            "ListQueueTags");
    private static final List<String> PATTERNS = List.of(
            "*",
            "SQS:*",
            "sqs:send*",
            "SQS:SendMessage",
            "sqs:SendMessageBatch",
            "SQS:*Batch",
            "sqs:?e*Message",
            "SQS:PurgeQueue",
            "SQS:SetQueueAttributes");
    private static final List<String> PRINCIPALS = List.of(
            "\"*\"",
            "{\"AWS\":\"*\"}",
            "{\"AWS\":\"111111111111\"}",
            "{\"AWS\":[\"arn:aws:iam::222222222222:root\",\"111111111111\"]}",
            "{\"AWS\":\"arn:aws:iam::111111111111:user/x\"}",
            "{\"Service\":\"sns.amazonaws.com\"}",
            "{\"AWS\":\"000000000000\"}");
    private static final List<String> RESOURCES = List.of(
            "*",
            "arn:aws:sqs:us-east-1:000000000000:q",
            "arn:aws:sqs:*:000000000000:q?",
            "arn:aws:sqs:us-east-1:000000000000:q*",
            "arn:*q2");
    private static final List<String> QUEUES =
            List.of("arn:aws:sqs:us-east-1:000000000000:q", "arn:aws:sqs:us-east-1:000000000000:q2");
    private static final List<String> TEXT_OPERATORS = List.of(
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike");
    private static final List<String> ARN_OPERATORS = List.of("ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike");
    private static final List<String> TEXTS = List.of(
            "111111111111",
            "1*",
            "*",
            "?11111111111",
            "anonymous",
            "",
            "arn:aws:iam::111111111111:root",
            "ARN:AWS:IAM::111111111111:ROOT");
    private static final List<String> ARNS = List.of(
            "arn:aws:iam::111111111111:root",
            "arn:aws:iam::*:root",
            "arn:*:*:*:*:*",
            "arn:aws:iam:*:root:x",
            "arn:aws:sns:us-east-1:1:*",
            "arn:aws:iam::1*:r??t");
    private static final List<String> ADDRESSES =
            List.of("203.0.113.7", "10.1.2.3", "2001:db8:0:0:0:0:0:1", "127.0.0.1");
    private static final List<String> RANGES = List.of(
            "203.0.113.0/24",
            "203.0.113.7",
            "10.0.0.0/8",
            "0.0.0.0/0",
            "2001:db8::/33",
            "::/0",
            "10.1.2.2/31",
            "127.0.0.1/32");

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void comeToTheSame() {
        int allowed = 0;
        for (int i = 0; i < POLICIES; i++) {
            String document = document();
            Policy policy = Policy.parse(document);
            LiteralPolicy literal = new LiteralPolicy(document);
            for (int j = 0; j < QUESTIONS; j++) {
                Policy.Question question = question();

                boolean allows = policy.allows(question);

                allowed += allows ? 1 : 0;
                assertThat(allows)
                        .as("seed %d: %s %s", seed, question, document)
                        .isEqualTo(literal.allows(question));
            }
        }
        // Else they would agree on nothing much.
        assertThat(allowed).isBetween(POLICIES * QUESTIONS / 50, POLICIES * QUESTIONS * 49 / 50);
    }

    private Policy.Question question() {
        Transport transport =
                new Transport(Objects.requireNonNull(IpRange.address(one(ADDRESSES))), random.nextBoolean());
        return new Policy.Question(one(ACCOUNTS), "000000000000", one(ACTIONS), one(QUEUES), transport);
    }

    private String document() {
        List<String> statements = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            statements.add("{\"Effect\":\"" + (random.nextInt(3) == 0 ? "Deny" : "Allow") + "\",\"Principal\":"
                    + one(PRINCIPALS) + ",\"Action\":" + some(PATTERNS) + ",\"Resource\":" + some(RESOURCES)
                    + conditions() + "}");
        }
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    private String conditions() {
        List<String> operators = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String[] line = condition();
            if (!operators.contains(line[0])) {
                operators.add(line[0]);
                lines.add("\"" + line[0] + "\":{\"" + line[1] + "\":" + line[2] + "}");
            }
        }
        return lines.isEmpty() ? "" : ",\"Condition\":{" + String.join(",", lines) + "}";
    }

    /** Operator, key and values. */
    private String[] condition() {
        String ifExists = random.nextInt(4) == 0 ? "IfExists" : "";
        return switch (random.nextInt(6)) {
            case 0 ->
                new String[] {
                    one(TEXT_OPERATORS) + ifExists,
                    one(List.of("aws:PrincipalAccount", "aws:SourceAccount", "AWS:principalarn")),
                    some(TEXTS)
                };
            case 1 ->
                new String[] {
                    one(ARN_OPERATORS) + ifExists, one(List.of("aws:PrincipalArn", "aws:SourceArn")), some(ARNS)
                };
            case 2 ->
                new String[] {"Bool" + ifExists, "aws:SecureTransport", one(List.of("true", "\"false\"", "\"True\""))};
            case 3, 4 ->
                new String[] {one(List.of("IpAddress", "NotIpAddress")) + ifExists, "aws:SourceIp", some(RANGES)};
            default ->
                new String[] {
                    "Null",
                    one(List.of("aws:SourceArn", "aws:PrincipalArn", "aws:SourceIp")),
                    one(List.of("\"true\"", "\"false\""))
                };
        };
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String some(List<String> of) {
        return random.nextBoolean() ? "\"" + one(of) + "\"" : "[\"" + one(of) + "\",\"" + one(of) + "\"]";
    }
}
