package dev.holdfast.queue.wire;

import io.vertx.core.buffer.Buffer;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects the bytes of one answer; one per thread, used again and again so that an answer costs one exact copy. */
public final class AnswerBuffer extends OutputStream {
    private static final ThreadLocal<AnswerBuffer> OF_THREAD = ThreadLocal.withInitial(AnswerBuffer::new);
    private static final int INITIAL_BYTES = 16 * 1024;

    /** Ten messages of 1 MiB make an answer of more than 10 MiB; an idle thread does not keep that much. */
    private static final int KEPT_BYTES = 256 * 1024;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int size;

    /** The thread's buffer, emptied. Not to be kept across answers. */
    public static AnswerBuffer empty() {
        AnswerBuffer buffer = OF_THREAD.get();
        buffer.clear();
        return buffer;
    }

    void clear() {
        size = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
    }

    @Override
    public void write(int b) {
        makeRoom(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        makeRoom(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    void writeBytes(CharSequence text) {
        byte[] encoded = text.toString().getBytes(StandardCharsets.UTF_8);
        write(encoded, 0, encoded.length);
    }

    private void makeRoom(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    public Buffer copy() {
        return Buffer.buffer(size).appendBytes(bytes, 0, size);
    }
}
