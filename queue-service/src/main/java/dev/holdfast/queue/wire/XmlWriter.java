package dev.holdfast.queue.wire;

import java.util.Base64;

/** An answer in XML. What is absent is left out; lists have no element around them. */
final class XmlWriter implements TreeWriter {
    private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";
    private static final char REPLACEMENT = '\uFFFD';

    private final StringBuilder out;

    XmlWriter(StringBuilder out) {
        this.out = out;
    }

    @Override
    public void openRoot(String name) {
        out.append("<?xml version=\"1.0\"?><")
                .append(name)
                .append(" xmlns=\"")
                .append(NAMESPACE)
                .append("\">");
    }

    @Override
    public void closeRoot(String name) {
        closing(name);
    }

    @Override
    public void open(String name) {
        out.append('<').append(name).append('>');
    }

    @Override
    public void close(String name) {
        int start = out.length() - name.length() - 2;
        if (out.charAt(start) == '<'
                && out.charAt(out.length() - 1) == '>'
                && out.indexOf(name, start + 1) == start + 1) {
            out.setLength(out.length() - 1);
            out.append("/>"); // Opened just now: nothing is in it.
        } else {
            closing(name);
        }
    }

    private void closing(String name) {
        out.append("</").append(name).append('>');
    }

    @Override
    public void scalar(String name, Object value) {
        open(name);
        escape(value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString());
        closing(name);
    }

    @Override
    public void empty(String name) {
        out.append('<').append(name).append("/>");
    }

    @Override
    public void absent(String nameInJson) {
        // Nothing says so in XML.
    }

    @Override
    public void openList(String nameInJson) {
        // The elements stand for themselves.
    }

    @Override
    public void closeList() {
        // Likewise.
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
