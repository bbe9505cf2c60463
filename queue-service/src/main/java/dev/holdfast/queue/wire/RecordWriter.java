package dev.holdfast.queue.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes a record as JSON tokens, driven by its {@link Structure}. What is null or empty is left out. */
final class RecordWriter {
    private RecordWriter() {}

    static void write(JsonGenerator out, Structure structure, Object record) throws IOException {
        out.writeStartObject();
        for (Structure.Field field : structure.fields()) {
            Object value = field.of(record);
            if (value != null) {
                out.writeFieldName(field.jsonName());
                value(out, field.shape(), value);
            }
        }
        out.writeEndObject();
    }

    private static void value(JsonGenerator out, Shape shape, Object value) throws IOException {
        switch (shape) {
            case Shape.Scalar scalar -> scalar(out, scalar, value);
            case Shape.ListOf list -> {
                out.writeStartArray();
                for (Object element : (List<?>) value) {
                    value(out, list.element(), element);
                }
                out.writeEndArray();
            }
            case Shape.MapOf map -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    out.writeFieldName((String) entry.getKey());
                    value(out, map.value(), entry.getValue());
                }
                out.writeEndObject();
            }
            case Structure structure -> write(out, structure, value);
        }
    }

    private static void scalar(JsonGenerator out, Shape.Scalar scalar, Object value) throws IOException {
        switch (scalar) {
            case TEXT -> out.writeString((String) value);
            case INTEGER -> out.writeNumber((Integer) value);
            case LONG -> out.writeNumber((Long) value);
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case BINARY -> out.writeBinary((byte[]) value);
        }
    }
}
