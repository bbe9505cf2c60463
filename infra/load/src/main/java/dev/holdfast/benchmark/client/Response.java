package dev.holdfast.benchmark.client;

import java.util.Arrays;

/**
 * Finds where one HTTP/1.1 response ends and its body begins, in a buffer that fills as bytes arrive. Reused for every response of
 * a connection; a response must carry Content-Length, which every server measured here does.
 */
public final class Response {
    private static final int UNKNOWN = -1;

    private byte[] bytes = new byte[16 * 1024];
    private int length;
    private int scanned;
    private int status = UNKNOWN;
    private int bodyStart = UNKNOWN;
    private int bodyEnd = UNKNOWN;

    public int status() {
        return status;
    }

    /** The buffer; the body stands from {@link #bodyStart()} to {@link #bodyEnd()} until the next request is sent. */
    public byte[] bytes() {
        return bytes;
    }

    public int bodyStart() {
        return bodyStart;
    }

    public int bodyEnd() {
        return bodyEnd;
    }

    /** The body as text, cut to what fits in an error message. */
    public String excerpt() {
        return new String(
                bytes, bodyStart, Math.min(bodyEnd - bodyStart, 300), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Makes room for {@code count} more bytes; the caller writes them at {@link #length()} and then calls {@link #added}. */
    byte[] room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
        return bytes;
    }

    int length() {
        return length;
    }

    /** Takes note of {@code count} new bytes and says whether the response is complete. */
    boolean added(int count) {
        length += count;
        if (bodyStart == UNKNOWN && !readHead()) {
            return false;
        }
        if (length > bodyEnd) {
            throw new IllegalStateException(
                    "The server sent " + (length - bodyEnd) + " bytes more than its Content-Length.");
        }
        return length == bodyEnd;
    }

    void clear() {
        length = 0;
        scanned = 0;
        status = UNKNOWN;
        bodyStart = UNKNOWN;
        bodyEnd = UNKNOWN;
    }

    private boolean readHead() {
        int contentLength = UNKNOWN;
        int line = 0;
        for (int i = scanned; i < length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            boolean empty = i >= 3 && bytes[i - 2] == '\n';
            if (empty) {
                bodyStart = i + 1;
                break;
            }
        }
        if (bodyStart == UNKNOWN) {
            // The end of the head may be split: look at its last three bytes again.
            scanned = Math.max(0, length - 3);
            return false;
        }
        status = (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
        for (int i = 0; i < bodyStart; i++) {
            if (bytes[i] == '\n') {
                line = i + 1;
            } else if (bytes[i] == ':' && i - line == CONTENT_LENGTH.length && isContentLength(line)) {
                contentLength = number(i + 1);
                break;
            }
        }
        if (contentLength == UNKNOWN) {
            throw new IllegalStateException("The server answered without Content-Length: "
                    + new String(bytes, 0, bodyStart, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        bodyEnd = bodyStart + contentLength;
        return true;
    }

    private static final byte[] CONTENT_LENGTH =
            "content-length".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    private boolean isContentLength(int from) {
        for (int i = 0; i < CONTENT_LENGTH.length; i++) {
            if ((bytes[from + i] | 0x20) != (CONTENT_LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private int number(int from) {
        int value = 0;
        for (int i = from; bytes[i] != '\r' && bytes[i] != '\n'; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                value = value * 10 + bytes[i] - '0';
            }
        }
        return value;
    }
}
