package dev.holdfast.queue.api;

import java.util.OptionalLong;

/**
 * A whole number as clients write it in a text: ASCII digits, and a minus sign where it is negative. Java's own readers take
 * the digits of every script, and a plus sign.
 */
public final class WholeNumber {
    /** Every number of so many digits fits a long. */
    private static final int MAX_DIGITS = 18;

    private WholeNumber() {}

    /** Empty when the text is not such a number, or has more than 18 digits. */
    public static OptionalLong parse(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - start;
        if (digits < 1 || digits > MAX_DIGITS) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalLong.empty();
            }
            number = number * 10 + (c - '0');
        }
        return OptionalLong.of(start == 1 ? -number : number);
    }
}
