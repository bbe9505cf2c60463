package dev.holdfast.queue.conformance;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The checksums of the Developer Guide, computed here a second time. */
final class Md5 {
    private static final int STRING_TRANSPORT = 1;
    private static final int BINARY_TRANSPORT = 2;

    private Md5() {}

    static String ofText(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    static String ofAttributes(Map<String, MessageAttributeValue> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Map.Entry<String, MessageAttributeValue> attribute : new TreeMap<>(attributes).entrySet()) {
                MessageAttributeValue value = attribute.getValue();
                write(out, attribute.getKey().getBytes(StandardCharsets.UTF_8));
                write(out, value.dataType().getBytes(StandardCharsets.UTF_8));
                if (value.binaryValue() != null) {
                    out.writeByte(BINARY_TRANSPORT);
                    write(out, value.binaryValue().asByteArray());
                } else {
                    out.writeByte(STRING_TRANSPORT);
                    write(out, value.stringValue().getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hex(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, byte[] field) throws IOException {
        out.writeInt(field.length);
        out.write(field);
    }

    private static String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
