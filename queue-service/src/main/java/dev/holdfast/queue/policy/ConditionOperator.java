package dev.holdfast.queue.policy;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Every condition operator that is evaluated; a policy with another is refused. */
enum ConditionOperator {
    STRING_EQUALS("StringEquals", false, ConditionKey.Type.TEXT, ConditionKey.Type.ARN),
    STRING_NOT_EQUALS("StringNotEquals", true, ConditionKey.Type.TEXT, ConditionKey.Type.ARN),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false, ConditionKey.Type.TEXT, ConditionKey.Type.ARN),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true, ConditionKey.Type.TEXT, ConditionKey.Type.ARN),
    STRING_LIKE("StringLike", false, ConditionKey.Type.TEXT, ConditionKey.Type.ARN),
    STRING_NOT_LIKE("StringNotLike", true, ConditionKey.Type.TEXT, ConditionKey.Type.ARN),
    /** Takes wildcards like ArnLike; IAM makes no difference between them. */
    ARN_EQUALS("ArnEquals", false, ConditionKey.Type.ARN),
    ARN_NOT_EQUALS("ArnNotEquals", true, ConditionKey.Type.ARN),
    ARN_LIKE("ArnLike", false, ConditionKey.Type.ARN),
    ARN_NOT_LIKE("ArnNotLike", true, ConditionKey.Type.ARN),
    BOOL("Bool", false, ConditionKey.Type.BOOL),
    IP_ADDRESS("IpAddress", false, ConditionKey.Type.ADDRESS),
    NOT_IP_ADDRESS("NotIpAddress", true, ConditionKey.Type.ADDRESS),
    /** Whether the key is absent. */
    NULL(
            "Null",
            false,
            ConditionKey.Type.TEXT,
            ConditionKey.Type.ARN,
            ConditionKey.Type.BOOL,
            ConditionKey.Type.ADDRESS);

    private final String wireName;
    private final boolean negated;
    private final Set<ConditionKey.Type> types;

    ConditionOperator(String wireName, boolean negated, ConditionKey.Type first, ConditionKey.Type... others) {
        this.wireName = wireName;
        this.negated = negated;
        this.types = EnumSet.of(first, others);
    }

    /** @throws dev.holdfast.queue.api.SqsException InvalidAttributeValue for an operator that is not evaluated */
    static ConditionOperator named(String name) {
        for (ConditionOperator operator : values()) {
            if (operator.wireName.equals(name)) {
                return operator;
            }
        }
        throw PolicyDocument.invalid("The condition operator " + name + " is not supported by this server.");
    }

    /** Whether it holds where no value matches, and where there is none to compare. */
    boolean isNegated() {
        return negated;
    }

    /** @throws dev.holdfast.queue.api.SqsException InvalidAttributeValue for what can never be true or false */
    void requireComparable(ConditionKey key, String value) {
        if (!types.contains(key.type())) {
            throw PolicyDocument.invalid(
                    "The condition operator " + wireName + " cannot compare the key " + key.wireName() + ".");
        }
        boolean comparable = switch (this) {
            case STRING_EQUALS,
                    STRING_NOT_EQUALS,
                    STRING_EQUALS_IGNORE_CASE,
                    STRING_NOT_EQUALS_IGNORE_CASE,
                    STRING_LIKE,
                    STRING_NOT_LIKE -> true;
            case ARN_EQUALS, ARN_NOT_EQUALS, ARN_LIKE, ARN_NOT_LIKE -> ArnPattern.isOne(value);
            case BOOL, NULL -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
            case IP_ADDRESS, NOT_IP_ADDRESS -> IpRange.parse(value) != null;
        };
        if (!comparable) {
            throw PolicyDocument.invalid("The value " + value + " of " + wireName + " " + key.wireName()
                    + " is not one that this operator compares.");
        }
    }

    /** Whether the key's value is one that the policy names; the negation is the caller's. */
    boolean matches(String wanted, String actual) {
        return switch (this) {
            case STRING_EQUALS, STRING_NOT_EQUALS -> wanted.equals(actual);
            case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE, BOOL ->
                wanted.toLowerCase(Locale.ROOT).equals(actual.toLowerCase(Locale.ROOT));
            case STRING_LIKE, STRING_NOT_LIKE -> Wildcard.matches(wanted, actual);
            case ARN_EQUALS, ARN_NOT_EQUALS, ARN_LIKE, ARN_NOT_LIKE -> ArnPattern.matches(wanted, actual);
            case IP_ADDRESS, NOT_IP_ADDRESS -> isWithin(wanted, actual);
            case NULL -> throw new IllegalStateException("Null compares no values");
        };
    }

    private static boolean isWithin(String range, String address) {
        InetAddress parsed = Objects.requireNonNull(IpRange.address(address), address);
        return Objects.requireNonNull(IpRange.parse(range), range).contains(parsed);
    }
}
