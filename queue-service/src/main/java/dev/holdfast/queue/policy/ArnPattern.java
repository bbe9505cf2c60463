package dev.holdfast.queue.policy;

/** An ARN with wildcards. Each of its six parts is compared for itself, so that a "*" does not reach over a colon, but in the last. */
final class ArnPattern {
    private static final int PARTS = 6;

    private ArnPattern() {}

    static boolean isOne(String text) {
        return text.split(":", PARTS).length == PARTS && text.startsWith("arn:");
    }

    static boolean matches(String pattern, String arn) {
        String[] wanted = pattern.split(":", PARTS);
        String[] actual = arn.split(":", PARTS);
        if (wanted.length != actual.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!Wildcard.matches(wanted[i], actual[i])) {
                return false;
            }
        }
        return true;
    }
}
