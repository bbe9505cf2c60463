package dev.holdfast.dashboard.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one thing a list wants from a RedrivePolicy. */
final class RedrivePolicies {
    private static final Pattern TARGET = Pattern.compile("\"deadLetterTargetArn\"\\s*:\\s*\"([^\"]+)\"");

    private RedrivePolicies() {}

    /** The name of the dead-letter queue; null without a policy. */
    static @Nullable String target(@Nullable String policy) {
        if (policy == null) {
            return null;
        }
        Matcher matcher = TARGET.matcher(policy);
        if (!matcher.find()) {
            return null;
        }
        String arn = matcher.group(1);
        return arn.substring(arn.lastIndexOf(':') + 1);
    }
}
