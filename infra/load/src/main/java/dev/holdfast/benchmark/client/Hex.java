package dev.holdfast.benchmark.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Numbers of a fixed width, so that a request's length never changes and only its digits are overwritten. */
final class Hex {
    static final int DIGITS = 16;
    static final String ZERO = "0".repeat(DIGITS);

    private static final byte[] ALPHABET = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private Hex() {}

    static void write(ByteBuffer buffer, int at, long value) {
        for (int i = 0; i < DIGITS; i++) {
            buffer.put(at + i, ALPHABET[(int) (value >>> (60 - 4 * i)) & 15]);
        }
    }

    /** The number, or -1 where the bytes are not one. */
    static long read(byte[] bytes, int at) {
        if (at + DIGITS > bytes.length) {
            return -1;
        }
        long value = 0;
        for (int i = at; i < at + DIGITS; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    static void writeDecimal(ByteBuffer buffer, int at, int width, int value) {
        int rest = value;
        for (int i = width - 1; i >= 0; i--) {
            buffer.put(at + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }
}
