package dev.holdfast.queue.api;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The characters that a text may have which is stored or shown: those of XML 1.0 (SQS API, SendMessage). To be asked before
 * a text is encoded: UTF-8 has no form for half a surrogate pair, and Java writes a question mark for it without a word.
 */
public final class Characters {
    private Characters() {}

    /** Half a surrogate pair is not a character. */
    public static boolean isAllowed(String text) {
        return forbiddenAt(text) < 0;
    }

    /**
     * What is wrong with a text, in Amazon's words, which name the first forbidden character; null when nothing is.
     *
     * @param where as in "found in the message body"
     */
    public static @Nullable String whyForbidden(String text, String where) {
        int at = forbiddenAt(text);
        return at < 0
                ? null
                : "Invalid binary character '#x"
                        + Integer.toHexString(text.charAt(at)).toUpperCase(Locale.ROOT)
                        + "' was found in " + where
                        + ", the set of allowed characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].";
    }

    private static int forbiddenAt(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20) {
                if (c != '\t' && c != '\n' && c != '\r') {
                    return i;
                }
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            } else if (c > 0xFFFD) {
                return i;
            }
        }
        return -1;
    }
}
