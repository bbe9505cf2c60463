package dev.holdfast.queue.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 of two words, a fast keyed checksum for short inputs (Aumasson and Bernstein, "SipHash: a fast short-input
 * PRF"). Immutable.
 */
public final class SipHash {
    private static final int INPUT_BYTES = 16;
    private final long key0;
    private final long key1;

    /**
     * @param key 16 bytes
     */
    public SipHash(byte[] key) {
        ByteBuffer buffer = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        this.key0 = buffer.getLong();
        this.key1 = buffer.getLong();
    }

    public long of(long first, long second) {
        State state = new State(key0, key1);
        state.absorb(first);
        state.absorb(second);
        // The closing word holds the input's length in its top byte.
        state.absorb((long) INPUT_BYTES << 56);
        return state.finish();
    }

    private static final class State {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long key0, long key1) {
            v0 = key0 ^ 0x736f6d6570736575L;
            v1 = key1 ^ 0x646f72616e646f6dL;
            v2 = key0 ^ 0x6c7967656e657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        void absorb(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        long finish() {
            v2 ^= 0xff;
            round();
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
