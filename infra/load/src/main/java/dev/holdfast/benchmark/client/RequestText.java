package dev.holdfast.benchmark.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes a request once, into memory that the kernel reads directly; afterwards only digits in it change. */
final class RequestText {
    private static final int MAX_LENGTH_DIGITS = 8;

    private RequestText() {}

    /** Everything before the length of the body. */
    static String head(int port, String action) {
        return "POST / HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AmazonSQS." + action
                + "\r\nContent-Length: ";
    }

    /** Head and body in one buffer; the length is padded with spaces, which HTTP allows before a value. */
    static ByteBuffer whole(int port, String action, String json) {
        String text = head(port, action) + paddedLength(json.length()) + "\r\n\r\n" + json;
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    static int headLength(int port, String action) {
        return head(port, action).length() + MAX_LENGTH_DIGITS + 4;
    }

    static String paddedLength(int length) {
        return ("%" + MAX_LENGTH_DIGITS + "d").formatted(length);
    }

    /** Overwrites the length in a head that was padded. */
    static void putLength(ByteBuffer request, int headLength, int length) {
        int at = headLength - 4 - MAX_LENGTH_DIGITS;
        int rest = length;
        for (int i = MAX_LENGTH_DIGITS - 1; i >= 0; i--) {
            request.put(at + i, (byte) (rest == 0 && i < MAX_LENGTH_DIGITS - 1 ? ' ' : '0' + rest % 10));
            rest /= 10;
        }
    }
}
