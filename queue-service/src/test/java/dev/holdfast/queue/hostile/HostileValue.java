package dev.holdfast.queue.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands where a member of a request should: as it is in JSON, and as it is in a form. */
enum HostileValue {
    MISSING(null, null, Set.of("list", "map")),
    NULL("null", null, Set.of("list", "map")),
    TRUE("true", "true", Set.of("boolean")),
    NEGATIVE("-1", "-1", Set.of("integer", "long")),
    SMALLEST_LONG("-9223372036854775808", "-9223372036854775808", Set.of("long")),
    BEYOND_LONG("99999999999999999999", "99999999999999999999", Set.of()),
    FRACTION("1.5", "1.5", Set.of()),
    EXPONENT("1e999999999", "1e999999999", Set.of()),
    LONG_NUMBER("9".repeat(5_000), "9".repeat(5_000), Set.of()),
    LEADING_ZEROS("00001", "00001", Set.of()),
    EMPTY_TEXT("\"\"", "", Set.of("string", "enum", "blob")),
    NUL("\"\\u0000\"", "%00", Set.of("string", "enum")),
    HALF_A_CHARACTER("\"\\ud800\"", "%ED%A0%80", Set.of("string", "enum")),
    HALF_AT_THE_END("\"x\\ud83d\"", "x%ED%A0%BD", Set.of("string", "enum")),
    SECOND_HALF_FIRST("\"\\ude00\\ud83d\"", "%ED%B8%80%ED%A0%BD", Set.of("string", "enum")),
    ARABIC_DIGIT("\"\\u0665\"", "%D9%A5", Set.of("string", "enum")),
    FULL_WIDTH_DIGITS("\"\\uff13\\uff10\"", "%EF%BC%93%EF%BC%90", Set.of("string", "enum")),
    PLUS_SIGN("\"+30\"", "%2B30", Set.of("string", "enum")),
    LOOSE_BASE64("\"QR==\"", "QR%3D%3D", Set.of("string", "enum")),
    BASE64_OF_ANOTHER_ALPHABET("\"-_-_\"", "-_-_", Set.of("string", "enum")),
    NULLS_IN_A_POLICY(
            "\"{\\\"Version\\\":null,\\\"Statement\\\":[null],\\\"maxReceiveCount\\\":null,\\\"redrivePermission\\\":null}\"",
            "%7B%22Version%22%3Anull%2C%22Statement%22%3A%5Bnull%5D%2C%22maxReceiveCount%22%3Anull%7D",
            Set.of("string", "enum")),
    RAW_CONTROL("\"\u0001\u001f\n\"", "%01%1F%0A", Set.of()),
    BROKEN_UTF_8("\"\u00ff\u00fe\u00c0\u0080\"", "%ff%fe%c0%80", Set.of()),
    RAW_BROKEN_UTF_8("\"\u00f8\"", "\u00f8", Set.of()),
    BROKEN_ESCAPE("\"\\q\"", "%zz", Set.of()),
    ESCAPE_THAT_ENDS("\"\\u12\"", "%1", Set.of()),
    MARKUP("\"<&'>]]>{}%s\\\"\"", "%3C%26%27%3E%5D%5D%3E%7B%7D%25s%22", Set.of("string", "enum")),
    WHITESPACE("\" \\t\\r\\n \"", "%20%09%0D%0A%20", Set.of("string", "enum")),
    LONG_TEXT("\"" + "x".repeat(100_000) + "\"", "x".repeat(100_000), Set.of("string", "enum", "blob")),
    HUGE_TEXT("\"" + "x".repeat(2_500_000) + "\"", "x".repeat(2_500_000), Set.of("string", "enum", "blob")),
    UNCLOSED("\"abc", "%", Set.of()),
    EMPTY_LIST("[]", ".1=", Set.of("list")),
    EMPTY_OBJECT("{}", ".1.Name=", Set.of("map", "structure")),
    LIST_OF_NULL("[null]", ".1.1=", Set.of("list")),
    LIST_OF_NUMBERS("[1,2]", ".2=1&.1=2", Set.of()),
    MANY_ELEMENTS("[" + "\"x\",".repeat(300_000) + "\"x\"]", ".99999999999=x", Set.of("list")),
    MANY_MEMBERS(members(100_000), ".-1.Value=x", Set.of("map")),
    WITHOUT_NUMBER(
            "{\"Name\":\"a\",\"Key\":\"a\",\"Value\":\"b\"}",
            ".Name=a&.Value.DataType=String&.Value.StringValue=v",
            Set.of("map", "structure")),
    IN_THE_PLURAL("[\"x\"]", "s.1.Name=a&s.1.Value.DataType=String&s.1.Value.StringValue=v", Set.of("list")),
    NUMBER_THAT_IS_NONE("[{}]", ".01.Name=a&.01.Value.DataType=String&.01.Value.StringValue=v", Set.of()),
    OBJECT_OF_OBJECTS("{\"a\":{\"b\":{}}}", ".1.Name=a&.1.Value.b.c=", Set.of("map")),
    DEEP_LIST("[".repeat(100_000) + "]".repeat(100_000), ".1".repeat(100_000) + "=x", Set.of()),
    DEEP_OBJECT("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000), ".a".repeat(100_000) + "=x", Set.of());

    private final @Nullable String json;
    private final @Nullable String form;
    private final Set<String> typesThatMayTakeIt;

    HostileValue(@Nullable String json, @Nullable String form, Set<String> typesThatMayTakeIt) {
        this.json = json;
        this.form = form;
        this.typesThatMayTakeIt = typesThatMayTakeIt;
    }

    private static String members(int count) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "\"" : ",\"").append(i).append("\":\"\"");
        }
        return text.append('}').toString();
    }

    /** Null where the member is left out. */
    byte @Nullable [] json() {
        return json == null ? null : json.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What follows the member's name, percent-encoded, with "=" where it has none; null where the member is left out. */
    byte @Nullable [] form(String name) {
        if (form == null) {
            return null;
        }
        boolean spelled = form.startsWith(".") || form.startsWith("s.");
        String text = spelled
                ? name + form.replace("&.", "&" + name + ".").replace("&s.", "&" + name + "s.")
                : name + "=" + form;
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Text that has no bytes: whatever it is kept as would be another text. */
    boolean isHalfACharacter() {
        return this == HALF_A_CHARACTER || this == HALF_AT_THE_END || this == SECOND_HALF_FIRST;
    }

    /** A number for readers that are too kind. */
    boolean isNearlyANumber() {
        return this == ARABIC_DIGIT || this == FULL_WIDTH_DIGITS || this == PLUS_SIGN;
    }

    /** Whether JSON with this in the place of a member of that Smithy type cannot be a request, whatever the action. */
    boolean isWrongJsonFor(String type, boolean required) {
        return switch (this) {
            case MISSING, NULL -> required && !typesThatMayTakeIt.contains(type);
            default -> !typesThatMayTakeIt.contains(type);
        };
    }
}
