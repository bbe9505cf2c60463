package dev.holdfast.queue.policy;

import org.jspecify.annotations.Nullable;

/**
 * Every condition key that is evaluated; a policy with another is refused. Those that only AWS services send with their calls are
 * absent from every request here, which IAM has rules for.
 */
enum ConditionKey {
    /** The caller's account; absent from an unsigned request, whose caller has none. */
    PRINCIPAL_ACCOUNT("aws:PrincipalAccount", Type.TEXT) {
        @Override
        @Nullable String valueIn(Policy.Question question) {
            return question.isAnonymous() ? null : question.account();
        }
    },
    /** Callers are accounts here, so it is an account's root. */
    PRINCIPAL_ARN("aws:PrincipalArn", Type.ARN) {
        @Override
        @Nullable String valueIn(Policy.Question question) {
            return question.isAnonymous() ? null : Statement.rootArn(question.account());
        }
    },
    SECURE_TRANSPORT("aws:SecureTransport", Type.BOOL) {
        @Override
        String valueIn(Policy.Question question) {
            return Boolean.toString(question.transport().secure());
        }
    },
    SOURCE_IP("aws:SourceIp", Type.ADDRESS) {
        @Override
        String valueIn(Policy.Question question) {
            return question.transport().source().getHostAddress();
        }
    },
    SOURCE_ARN("aws:SourceArn", Type.ARN),
    SOURCE_ACCOUNT("aws:SourceAccount", Type.TEXT);

    /** What the values of a key are, which decides what operators they can be compared by. */
    enum Type {
        TEXT,
        ARN,
        BOOL,
        ADDRESS
    }

    private final String wireName;
    private final Type type;

    ConditionKey(String wireName, Type type) {
        this.wireName = wireName;
        this.type = type;
    }

    /** @throws dev.holdfast.queue.api.SqsException InvalidAttributeValue for a key that is not evaluated */
    static ConditionKey named(String name) {
        for (ConditionKey key : values()) {
            if (key.wireName.equalsIgnoreCase(name)) {
                return key;
            }
        }
        throw PolicyDocument.invalid("The condition key " + name + " is not supported by this server.");
    }

    String wireName() {
        return wireName;
    }

    Type type() {
        return type;
    }

    /** Null where the request does not have the key. */
    @Nullable String valueIn(Policy.Question question) {
        return null;
    }
}
