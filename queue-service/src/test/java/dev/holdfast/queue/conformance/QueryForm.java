package dev.holdfast.queue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.queue.api.SmithyModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request in the Query protocol, its parameters named by the Smithy model. */
final class QueryForm {
    private static final SmithyModel MODEL = SmithyModel.get();

    private final List<String> parameters = new ArrayList<>();

    /** The model gives two lists of ReceiveMessage one name; their members are then numbered together. */
    private final Map<String, Integer> counts = new HashMap<>();

    private QueryForm() {}

    static String of(String action, JsonNode members) {
        QueryForm form = new QueryForm();
        form.add("Action", action);
        form.add("Version", "2012-11-05");
        form.structure("", MODEL.input(action), members);
        return String.join("&", form.parameters);
    }

    private void structure(String prefix, SmithyModel.Shape shape, JsonNode value) {
        Map<String, SmithyModel.Member> members = MODEL.members(shape);
        value.properties().forEach(entry -> {
            SmithyModel.Member member = members.get(entry.getKey());
            if (member == null) {
                throw new IllegalStateException(entry.getKey() + " is no member of " + shape.name());
            }
            member(prefix + member.xmlName(), member.target(), entry.getValue());
        });
    }

    private void member(String name, SmithyModel.Shape shape, JsonNode value) {
        switch (shape.type()) {
            case "structure" -> structure(name + ".", shape, value);
            case "list" ->
                value.forEach(element ->
                        member(numbered(name), MODEL.part(shape, "member").target(), element));
            case "map" ->
                value.properties().forEach(entry -> {
                    String at = numbered(name) + ".";
                    add(at + MODEL.part(shape, "key").xmlName(), entry.getKey());
                    SmithyModel.Member part = MODEL.part(shape, "value");
                    member(at + part.xmlName(), part.target(), entry.getValue());
                });
            default -> add(name, value.asText());
        }
    }

    private String numbered(String name) {
        return name + "." + counts.merge(name, 1, Integer::sum);
    }

    /** As a client does that encodes character by character: half a surrogate pair becomes three bytes, which is not UTF-8. */
    private static String encoded(String value) {
        StringBuilder encoded = new StringBuilder();
        value.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                encoded.append(
                        "%%%02X%%%02X%%%02X".formatted(0xE0 | (c >> 12), 0x80 | ((c >> 6) & 0x3F), 0x80 | (c & 0x3F)));
            } else {
                encoded.append(URLEncoder.encode(Character.toString(c), StandardCharsets.UTF_8));
            }
        });
        return encoded.toString();
    }

    private void add(String name, String value) {
        parameters.add(name + "=" + encoded(value));
    }
}
