package dev.holdfast.queue.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What makes two messages duplicates, in 128 bits: the queue, the group where deduplication is per group, and the
 * deduplication id. Half a SHA-256, so that two different ids do not meet.
 */
public record Fingerprint(long high, long low) {

    /**
     * @param groupId null where the whole queue is one scope
     */
    public static Fingerprint of(long queueNumber, @Nullable String groupId, String deduplicationId) {
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(queueNumber).flip());
        if (groupId != null) {
            digest.update(groupId.getBytes(StandardCharsets.UTF_8));
        }
        // Neither id can hold a zero byte.
        digest.update((byte) 0);
        digest.update(deduplicationId.getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new Fingerprint(bytes.getLong(), bytes.getLong());
    }

    /** The deduplication id of a message that has none of its own: SHA-256 of the body, not of its attributes. */
    public static String ofContent(byte[] body) {
        return HexFormat.of().formatHex(sha256().digest(body));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
