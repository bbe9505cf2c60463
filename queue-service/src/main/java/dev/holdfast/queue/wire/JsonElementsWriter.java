package dev.holdfast.queue.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The XML of an answer told in JSON, as LocalStack does where it shows messages: an element is a member, one that comes
 * several times is a list, and one that comes once is none.
 */
final class JsonElementsWriter implements TreeWriter {
    private final JsonGenerator out;

    /** The elements that are open, the innermost first: their children by name. */
    private final Deque<Map<String, List<Object>>> open = new ArrayDeque<>();

    JsonElementsWriter(JsonGenerator out) {
        this.out = out;
        open.push(new LinkedHashMap<>());
    }

    @Override
    public void openRoot(String name) {
        open(name);
    }

    @Override
    public void closeRoot(String name) throws IOException {
        close(name);
        write(open.pop());
    }

    @Override
    public void open(String name) {
        open.push(new LinkedHashMap<>());
    }

    @Override
    public void close(String name) {
        Map<String, List<Object>> element = open.pop();
        add(name, element.isEmpty() ? "" : element);
    }

    private void add(String name, Object element) {
        open.element().computeIfAbsent(name, first -> new ArrayList<>()).add(element);
    }

    @Override
    public void scalar(String name, Object value) {
        add(name, value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString());
    }

    @Override
    public void empty(String name) {
        add(name, "");
    }

    @Override
    public void absent(String nameInJson) {
        // No element, no member.
    }

    @Override
    public void openList(String nameInJson) {
        // How often an element comes makes the list.
    }

    @Override
    public void closeList() {
        // Likewise.
    }

    private void write(Object element) throws IOException {
        if (!(element instanceof Map<?, ?> members)) {
            out.writeString(element.toString());
            return;
        }
        out.writeStartObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            out.writeFieldName((String) member.getKey());
            List<?> all = (List<?>) member.getValue();
            if (all.size() == 1) {
                write(all.getFirst());
            } else {
                out.writeStartArray();
                for (Object one : all) {
                    write(one);
                }
                out.writeEndArray();
            }
        }
        out.writeEndObject();
    }
}
