package dev.holdfast.queue.message;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Two things called id: what a client sees, a random UUID; and the key of the row, whose high bits are the number of the
 * queue and whose low 40 bits are the message's sequence in that queue.
 */
public final class MessageId {
    static final int SEQUENCE_BITS = 40;
    public static final long MAX_SEQUENCE = (1L << SEQUENCE_BITS) - 1;

    private MessageId() {}

    /** A version 4 UUID. It need not be secret, only unique, so that a fast generator serves. */
    public static UUID random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    public static byte[] toBytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    public static UUID fromBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    public static long key(long queueNumber, long sequence) {
        return queueNumber << SEQUENCE_BITS | sequence;
    }

    public static long queueNumber(long key) {
        return key >> SEQUENCE_BITS;
    }

    public static long sequence(long key) {
        return key & MAX_SEQUENCE;
    }
}
