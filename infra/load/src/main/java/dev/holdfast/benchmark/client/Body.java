package dev.holdfast.benchmark.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message body of a fixed size that carries its message's id at both ends, so that one comparison of byte ranges shows whether it
 * came back whole and as itself.
 *
 * <p>Kept as it stands in JSON, escapes included: the same bytes go out and are compared, and nothing is ever unescaped.
 */
public final class Body {
    private static final String TEXT_FILLER = "price changed while the queue held fast; ";
    private static final String JSON_FILLER =
            "\\\",\\\"sku\\\":\\\"HF-1042\\\",\\\"priceMinor\\\":129900,\\\"reason\\\":\\\"MARKET";

    private final byte[] wire;
    private final int firstId;
    private final int lastId;

    /** {@code head} id {@code filler}… {@code tail} id {@code end}, as they stand inside a JSON string. */
    private Body(String head, String filler, String padding, String tail, String end, int sizeBytes) {
        int room = sizeBytes - (size(head) + size(tail) + size(end) + 2 * Hex.DIGITS);
        if (room < 0) {
            throw new IllegalArgumentException("A body of " + sizeBytes + " bytes has no room for its id.");
        }
        String middle = filler.repeat(room / size(filler)) + padding.repeat(room % size(filler)) + tail;
        firstId = head.length();
        lastId = firstId + Hex.DIGITS + middle.length();
        wire = (head + Hex.ZERO + middle + Hex.ZERO + end).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Plain text: nothing in it needs an escape in JSON. At least 32 bytes. */
    public static Body text(int sizeBytes) {
        return new Body("", TEXT_FILLER, "x", "", "", sizeBytes);
    }

    /** Shaped like an event in JSON: about one byte in seven is a quotation mark, which needs an escape. At least 64 bytes. */
    public static Body json(int sizeBytes) {
        return new Body("{\\\"id\\\":\\\"", JSON_FILLER, " ", "\\\",\\\"end\\\":\\\"", "\\\"}", sizeBytes);
    }

    /** Its length inside a JSON string, in bytes. */
    public int wireLength() {
        return wire.length;
    }

    /** The id that a body in an answer says it has. */
    public long idIn(byte[] bytes, int start) {
        return Hex.read(bytes, start + firstId);
    }

    /** Whether these bytes are this body with this id, whole. */
    public boolean matches(byte[] bytes, int start, int end, long id) {
        return end - start == wire.length
                && Hex.read(bytes, start + lastId) == id
                && same(bytes, start, 0, firstId)
                && same(bytes, start, firstId + Hex.DIGITS, lastId)
                && same(bytes, start, lastId + Hex.DIGITS, wire.length);
    }

    byte[] wire() {
        return wire;
    }

    int firstId() {
        return firstId;
    }

    int lastId() {
        return lastId;
    }

    private boolean same(byte[] bytes, int start, int from, int to) {
        return Arrays.equals(bytes, start + from, start + to, wire, from, to);
    }

    /** What the text takes once its escapes are undone: each is one character behind a backslash. */
    private static int size(String wireText) {
        return wireText.length() - (int) wireText.chars().filter(c -> c == '\\').count();
    }
}
