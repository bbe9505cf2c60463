package dev.holdfast.queue.hostile;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.api.SmithyModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes a request, hostile values and all, as the bytes of either protocol. The names of the forms are the model's. */
final class RequestText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private RequestText() {}

    static byte[] json(Map<String, Object> request) {
        RequestText text = new RequestText();
        text.json((Object) request);
        return text.out.toByteArray();
    }

    static byte[] form(String action, Map<String, Object> request) {
        RequestText text = new RequestText();
        text.out.writeBytes(("Action=" + action).getBytes(StandardCharsets.US_ASCII));
        text.structure("", SmithyModel.get().input(action), request);
        return text.out.toByteArray();
    }

    private void json(Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                String separator = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    ascii(separator);
                    json(entry.getKey());
                    ascii(":");
                    json(entry.getValue());
                    separator = ",";
                }
                ascii(map.isEmpty() ? "{}" : "}");
            }
            case List<?> list -> {
                String separator = "[";
                for (Object element : list) {
                    ascii(separator);
                    json(element);
                    separator = ",";
                }
                ascii(list.isEmpty() ? "[]" : "]");
            }
            case HostileValue hostile -> out.writeBytes(hostile.json() == null ? new byte[0] : hostile.json());
            default -> scalar(value);
        }
    }

    private void scalar(Object value) {
        try {
            out.writeBytes(JSON.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void structure(String prefix, SmithyModel.Shape shape, Map<?, ?> members) {
        SmithyModel.get().members(shape).forEach((name, member) -> {
            Object value = members.get(name);
            if (value != null) {
                parameter(prefix + member.xmlName(), member.target(), value);
            }
        });
    }

    private void parameter(String name, SmithyModel.Shape shape, Object value) {
        SmithyModel model = SmithyModel.get();
        switch (value) {
            case HostileValue hostile -> {
                byte[] text = hostile.form(name);
                if (text != null) {
                    ascii("&");
                    out.writeBytes(text);
                }
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    parameter(name + "." + (i + 1), model.part(shape, "member").target(), list.get(i));
                }
            }
            case Map<?, ?> map
            when shape.type().equals("map") -> {
                int number = 0;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    number++;
                    String at = name + "." + number + ".";
                    SmithyModel.Member key = model.part(shape, "key");
                    SmithyModel.Member content = model.part(shape, "value");
                    parameter(at + key.xmlName(), key.target(), entry.getKey());
                    parameter(at + content.xmlName(), content.target(), entry.getValue());
                }
            }
            case Map<?, ?> members -> structure(name + ".", shape, members);
            default -> ascii("&" + name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
    }

    private void ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
