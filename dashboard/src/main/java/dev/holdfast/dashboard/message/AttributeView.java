package dev.holdfast.dashboard.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A message attribute as people read it.
 *
 * @param text its text; of a binary value, its bytes as ASCII with dots for the rest
 * @param hex its bytes, where it is binary and so far as they are shown; empty for text
 */
record AttributeView(String name, String type, String text, String hex) {
    private static final int BYTES_SHOWN = 256;

    static List<AttributeView> of(JsonNode message) {
        List<AttributeView> attributes = new ArrayList<>();
        message.path("attributes").properties().forEach(each -> attributes.add(of(each.getKey(), each.getValue())));
        return attributes;
    }

    private static AttributeView of(String name, JsonNode value) {
        String type = value.path("DataType").asText();
        if (!value.path("BinaryValue").isTextual()) {
            return new AttributeView(name, type, value.path("StringValue").asText(), "");
        }
        byte[] bytes = Base64.getDecoder().decode(value.path("BinaryValue").asText());
        int shown = Math.min(bytes.length, BYTES_SHOWN);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            text.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
        }
        String rest = shown < bytes.length ? " … " + bytes.length + " bytes" : "";
        return new AttributeView(
                name, type, text + rest, HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown) + rest);
    }
}
