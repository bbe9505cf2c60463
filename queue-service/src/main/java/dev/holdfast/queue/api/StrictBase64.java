package dev.holdfast.queue.api;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64 in its canonical form only (RFC 4648, sections 3.2 to 3.5): one alphabet, the padding complete, nothing else in
 * the text and no loose bits at its end. So two different texts never stand for the same bytes.
 */
public enum StrictBase64 {
    STANDARD(Base64.getEncoder(), Base64.getDecoder()),
    URL(Base64.getUrlEncoder(), Base64.getUrlDecoder()),
    URL_WITHOUT_PADDING(Base64.getUrlEncoder().withoutPadding(), Base64.getUrlDecoder());

    private final Base64.Encoder encoder;
    private final Base64.Decoder decoder;

    StrictBase64(Base64.Encoder encoder, Base64.Decoder decoder) {
        this.encoder = encoder;
        this.decoder = decoder;
    }

    public String encode(byte[] bytes) {
        return encoder.encodeToString(bytes);
    }

    /** Null when the text is not what {@link #encode} makes of any bytes. */
    public byte @Nullable [] decode(String text) {
        byte[] bytes;
        try {
            bytes = decoder.decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return encode(bytes).equals(text) ? bytes : null;
    }
}
