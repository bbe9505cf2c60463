package dev.holdfast.queue.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * An answer as Amazon SQS writes it in JSON for who accepts only that: lists are lists, what is absent is null, and an
 * error has nothing around it.
 */
final class JsonTreeWriter implements TreeWriter {
    private static final String ERROR = "ErrorResponse";

    private final JsonGenerator out;

    JsonTreeWriter(JsonGenerator out) {
        this.out = out;
    }

    @Override
    public void openRoot(String name) throws IOException {
        out.writeStartObject();
        if (!name.equals(ERROR)) {
            out.writeObjectFieldStart(name);
        }
    }

    @Override
    public void closeRoot(String name) throws IOException {
        out.writeEndObject();
        if (!name.equals(ERROR)) {
            out.writeEndObject();
        }
    }

    @Override
    public void open(String name) throws IOException {
        named(name);
        out.writeStartObject();
    }

    private void named(String name) throws IOException {
        if (!out.getOutputContext().inArray()) {
            out.writeFieldName(name);
        }
    }

    @Override
    public void close(String name) throws IOException {
        out.writeEndObject();
    }

    @Override
    public void scalar(String name, Object value) throws IOException {
        named(name);
        switch (value) {
            case Boolean truth -> out.writeBoolean(truth);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case byte[] bytes -> out.writeBinary(bytes);
            default -> out.writeString(value.toString());
        }
    }

    @Override
    public void empty(String name) {
        // Amazon SQS leaves it out.
    }

    @Override
    public void absent(String nameInJson) throws IOException {
        out.writeNullField(nameInJson);
    }

    @Override
    public void openList(String nameInJson) throws IOException {
        out.writeArrayFieldStart(nameInJson);
    }

    @Override
    public void closeList() throws IOException {
        out.writeEndArray();
    }
}
