package dev.holdfast.queue.wire;

import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes a result as the XML of the Query protocol, driven by its {@link Structure}. What is null or empty is left out. */
final class XmlWriter {
    private static final char REPLACEMENT = '\uFFFD';

    private final StringBuilder out;
    private final String action;

    XmlWriter(StringBuilder out, String action) {
        this.out = out;
        this.action = action;
    }

    void members(Structure structure, Object record) {
        for (Structure.Field field : structure.fields()) {
            Object value = field.of(record);
            if (value != null) {
                member(QueryNames.of(action, field.name()), field.shape(), value);
            }
        }
    }

    private void member(String name, Shape shape, Object value) {
        switch (shape) {
            case Shape.Scalar scalar -> text(name, text(value));
            case Shape.ListOf list -> ((List<?>) value).forEach(element -> member(name, list.element(), element));
            case Shape.MapOf map ->
                ((Map<?, ?>) value).forEach((key, entry) -> {
                    open(name);
                    text(QueryNames.key(name), (String) key);
                    member(QueryNames.VALUE, map.value(), entry);
                    close(name);
                });
            case Structure structure -> {
                open(name);
                members(structure, value);
                close(name);
            }
        }
    }

    private static String text(Object scalar) {
        return scalar instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : scalar.toString();
    }

    void open(String name) {
        out.append('<').append(name).append('>');
    }

    void close(String name) {
        out.append("</").append(name).append('>');
    }

    void text(String name, String text) {
        open(name);
        escape(text);
        close(name);
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#xD;"); // A parser would read a bare one as a line feed.
                case '\t', '\n' -> out.append(c);
                default -> {
                    if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        out.append(c).append(text.charAt(++i));
                    } else {
                        out.append(isXml(c) ? c : REPLACEMENT);
                    }
                }
            }
        }
    }

    private static boolean isXml(char c) {
        return c >= 0x20 && !Character.isSurrogate(c) && c < 0xFFFE;
    }
}
