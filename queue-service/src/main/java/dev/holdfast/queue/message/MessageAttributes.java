package dev.holdfast.queue.message;

import dev.holdfast.queue.api.Characters;
import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.MessageAttributeValue;
import dev.holdfast.queue.api.SqsError;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Message attributes in the canonical form of the SQS Developer Guide ("Calculating the MD5 message digest for message
 * attributes"): sorted by name; for each the name, the data type, a transport byte and the value, each with its length.
 * That form is complete, so it is also what is stored; its MD5 is the checksum that clients verify.
 */
public final class MessageAttributes {
    private static final byte STRING_TRANSPORT = 1;
    private static final byte BINARY_TRANSPORT = 2;
    private static final int LENGTH_BYTES = 4;

    /** Digits and exponent of a Number: 38 digits of precision, from -10^128 to 10^126 (SQS Developer Guide). */
    private static final int MAX_NUMBER_CHARACTERS = 256;

    private static final int MAX_NUMBER_PRECISION = 38;
    private static final int MAX_NUMBER_EXPONENT = 128;

    private MessageAttributes() {}

    /**
     * Checks the attributes of a message to be sent and encodes them; null when there are none.
     *
     * @throws dev.holdfast.queue.api.SqsException InvalidParameterValue naming the attribute
     */
    public static byte @Nullable [] encode(Map<String, MessageAttributeValue> attributes) {
        if (attributes.isEmpty()) {
            return null;
        }
        if (attributes.size() > Limits.MAX_ATTRIBUTES_PER_MESSAGE) {
            throw SqsError.INVALID_PARAMETER_VALUE.because("Number of message attributes [" + attributes.size()
                    + "] exceeds the allowed maximum [" + Limits.MAX_ATTRIBUTES_PER_MESSAGE + "].");
        }
        attributes.forEach(MessageAttributes::check);
        return canonical(attributes);
    }

    public static byte[] canonical(Map<String, MessageAttributeValue> attributes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 * attributes.size());
        new TreeMap<>(attributes).forEach((name, value) -> {
            write(out, utf8(name));
            write(out, utf8(value.dataType()));
            byte[] binary = value.binaryValue();
            out.write(binary != null ? BINARY_TRANSPORT : STRING_TRANSPORT);
            write(out, binary != null ? binary : utf8(String.valueOf(value.stringValue())));
        });
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, byte[] field) {
        out.writeBytes(ByteBuffer.allocate(LENGTH_BYTES).putInt(field.length).array());
        out.writeBytes(field);
    }

    /** The bytes that count toward a message's size: names, data types and values, not the form around them. */
    public static int sizeBytes(byte @Nullable [] encoded) {
        if (encoded == null) {
            return 0;
        }
        int size = 0;
        ByteBuffer in = ByteBuffer.wrap(encoded);
        while (in.hasRemaining()) {
            size += skip(in) + skip(in);
            in.get();
            size += skip(in);
        }
        return size;
    }

    private static int skip(ByteBuffer in) {
        int length = in.getInt();
        in.position(in.position() + length);
        return length;
    }

    /** Sorted by name. */
    public static SortedMap<String, MessageAttributeValue> decode(byte @Nullable [] encoded) {
        SortedMap<String, MessageAttributeValue> attributes = new TreeMap<>();
        if (encoded == null) {
            return attributes;
        }
        ByteBuffer in = ByteBuffer.wrap(encoded);
        while (in.hasRemaining()) {
            String name = text(read(in));
            String dataType = text(read(in));
            boolean binary = in.get() == BINARY_TRANSPORT;
            byte[] value = read(in);
            attributes.put(
                    name,
                    new MessageAttributeValue(
                            binary ? null : text(value), binary ? value : null, List.of(), List.of(), dataType));
        }
        return attributes;
    }

    private static byte[] read(ByteBuffer in) {
        byte[] field = new byte[in.getInt()];
        in.get(field);
        return field;
    }

    /**
     * Those of the attributes that a receive asked for, see {@link NameFilter}. Unknown and illegal names ask for nothing.
     */
    public static SortedMap<String, MessageAttributeValue> select(
            SortedMap<String, MessageAttributeValue> attributes, Collection<String> names) {
        SortedMap<String, MessageAttributeValue> selected = new TreeMap<>(attributes);
        selected.keySet().removeIf(name -> !NameFilter.matches(names, name));
        return selected;
    }

    private static void check(String name, MessageAttributeValue value) {
        checkName(name);
        if (!value.stringListValues().isEmpty() || !value.binaryListValues().isEmpty()) {
            throw SqsError.UNSUPPORTED_OPERATION.because(
                    "Message attribute list values in SendMessage operation are not supported.");
        }
        String type = value.dataType().split("\\.", 2)[0];
        if (value.dataType().isEmpty()) {
            throw invalid("The message attribute '" + name + "' must contain a non-empty message attribute type.");
        }
        if (value.dataType().length() > Limits.MAX_ATTRIBUTE_NAME_LENGTH) {
            throw invalid("The type of the message attribute '" + name + "' must not be longer than 256 characters.");
        }
        requireAllowed(value.dataType(), "the type of the message (user) attribute '" + name + "'");
        switch (type) {
            case "String" -> requireText(name, type, value);
            case "Number" -> requireNumber(name, requireText(name, type, value));
            case "Binary" -> requireBytes(name, value);
            default ->
                throw invalid(
                        "The message attribute '" + name
                                + "' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.");
        }
    }

    private static void checkName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean legal = !name.isEmpty()
                && name.length() <= Limits.MAX_ATTRIBUTE_NAME_LENGTH
                && name.codePoints().allMatch(MessageAttributes::isNameCharacter)
                && !name.startsWith(".")
                && !name.endsWith(".")
                && !name.contains("..");
        if (!legal) {
            throw invalid(
                    "The message attribute name '" + abbreviated(name)
                            + "' is not valid: 1 to 256 letters, digits, underscores, hyphens and periods; no period at the start or end, and no two in a row.");
        }
        if (lower.startsWith("aws.") || lower.startsWith("amazon.")) {
            throw invalid(
                    "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use.");
        }
    }

    private static boolean isNameCharacter(int c) {
        return Character.isLetter(c) // Recorded: beyond ASCII, too.
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '.';
    }

    private static String requireText(String name, String type, MessageAttributeValue value) {
        String text = value.stringValue();
        if (text == null || text.isEmpty() || value.binaryValue() != null) {
            throw empty(name, type);
        }
        requireAllowed(text, "the value of the message (user) attribute '" + name + "'");
        return text;
    }

    private static void requireBytes(String name, MessageAttributeValue value) {
        byte[] bytes = value.binaryValue();
        if (bytes == null || bytes.length == 0 || value.stringValue() != null) {
            throw empty(name, "Binary");
        }
    }

    private static void requireNumber(String name, String text) {
        try {
            // The length is checked first: a short text can name an enormous number, a long one costs time to read.
            if (text.length() <= MAX_NUMBER_CHARACTERS && isAscii(text)) {
                BigDecimal number = new BigDecimal(text).stripTrailingZeros();
                long exponent = (long) number.precision() - number.scale();
                if (number.precision() <= MAX_NUMBER_PRECISION && Math.abs(exponent) <= MAX_NUMBER_EXPONENT) {
                    return;
                }
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw invalid("Can't cast the value of message (user) attribute '" + name + "' to a number.");
    }

    /** Java reads the digits of every script. */
    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static void requireAllowed(String text, String where) {
        String why = Characters.whyForbidden(text, where);
        if (why != null) {
            throw invalid(why);
        }
    }

    private static RuntimeException empty(String name, String type) {
        return invalid(
                "Message (user) attribute '" + name + "' must contain a non-empty value of type '" + type + "'.");
    }

    private static RuntimeException invalid(String reason) {
        return SqsError.INVALID_PARAMETER_VALUE.because(reason);
    }

    private static String abbreviated(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
