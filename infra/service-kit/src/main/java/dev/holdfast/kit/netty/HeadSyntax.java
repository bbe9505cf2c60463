package dev.holdfast.kit.netty;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Looks at the bytes of a head line by line while they come, for what cannot be seen any more when they are decoded. */
final class HeadSyntax {
    /** Longer than any method in use; what has no space by then is no HTTP. */
    private static final int MAX_METHOD_BYTES = 512;

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String VERSION_WITHOUT_MINOR = "HTTP/1.";
    private static final int VERSION_BYTES = VERSION_WITHOUT_MINOR.length() + 1;

    private boolean requestLineSeen;

    /** The next line is a request line again. */
    void next() {
        requestLineSeen = false;
    }

    /**
     * @param start where that begins which was read since the last look: whole lines, and empty ones before a request line
     * @return what is wrong, or null
     */
    @Nullable String wrongIn(ByteBuf in, int start) {
        int end = in.readerIndex();
        int line = start;
        while (!requestLineSeen && line < end && isLineBreak(in.getByte(line))) {
            line++;
        }
        for (int lineEnd = in.indexOf(line, end, (byte) '\n');
                lineEnd >= 0;
                lineEnd = in.indexOf(line, end, (byte) '\n')) {
            String wrong = wrongInLine(in, line, lineEnd);
            if (wrong != null) {
                return wrong;
            }
            line = lineEnd + 1;
        }
        // Control characters before a request line are skipped by Netty, but not by others.
        boolean startsWrong = !requestLineSeen && (line < end || !startsLikeRequestLine(in));
        return startsWrong ? "no request line" : null;
    }

    private @Nullable String wrongInLine(ByteBuf in, int line, int lineEnd) {
        if (!requestLineSeen) {
            requestLineSeen = true;
            return isRequestLine(in, line, lineEnd) ? null : "no request line";
        }
        return switch (in.getByte(line)) {
            case ' ', '\t' -> "a line that is folded";
            case ':' -> "a header without a name";
            default -> null;
        };
    }

    /** Whether what is there of a line can still become a request line. */
    private static boolean startsLikeRequestLine(ByteBuf in) {
        int start = in.readerIndex();
        int readable = in.readableBytes();
        int from = start;
        while (from < start + readable && isLineBreak(in.getByte(from))) {
            from++;
        }
        for (int at = from; at < start + readable; at++) {
            byte b = in.getByte(at);
            if (b == ' ') {
                return at > from;
            }
            if (!isTokenByte(b) || at - from >= MAX_METHOD_BYTES) {
                return false;
            }
        }
        return true;
    }

    /** A method, a target and the version, with one space between them. */
    private static boolean isRequestLine(ByteBuf in, int line, int lineEnd) {
        int end = lineEnd - 1;
        if (end < line || in.getByte(end) != '\r') {
            return false;
        }
        int afterMethod = in.indexOf(line, end, (byte) ' ');
        int target = afterMethod + 1;
        int afterTarget = end - VERSION_BYTES - 1;
        if (afterMethod <= line || afterTarget <= target || in.getByte(afterTarget) != ' ') {
            return false;
        }
        for (int at = line; at < afterMethod; at++) {
            if (!isTokenByte(in.getByte(at))) {
                return false;
            }
        }
        for (int at = target; at < afterTarget; at++) {
            int c = in.getByte(at) & 0xFF;
            if (c <= ' ' || c == 0x7F) {
                return false;
            }
        }
        return isVersion(in, afterTarget + 1);
    }

    private static boolean isVersion(ByteBuf in, int from) {
        for (int i = 0; i < VERSION_WITHOUT_MINOR.length(); i++) {
            if (in.getByte(from + i) != VERSION_WITHOUT_MINOR.charAt(i)) {
                return false;
            }
        }
        byte minor = in.getByte(from + VERSION_WITHOUT_MINOR.length());
        return minor == '0' || minor == '1';
    }

    private static boolean isLineBreak(byte b) {
        return b == '\r' || b == '\n';
    }

    private static boolean isTokenByte(byte b) {
        return (b >= 'A' && b <= 'Z')
                || (b >= 'a' && b <= 'z')
                || (b >= '0' && b <= '9')
                || (b > 0 && TOKEN_MARKS.indexOf(b) >= 0);
    }

    /** Whether a line in what was read begins with white space, which once continued the line before. */
    static boolean hasFoldedLine(ByteBuf in, int start) {
        int end = in.readerIndex();
        int line = start;
        while (line >= start && line < end) {
            byte first = in.getByte(line);
            if (first == ' ' || first == '\t') {
                return true;
            }
            line = in.indexOf(line, end, (byte) '\n') + 1;
            if (line == 0) {
                return false;
            }
        }
        return false;
    }
}
