package dev.holdfast.queue.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.holdfast.queue.api.SqsError;
import java.io.IOException;

/**
 * Folds a form into the tokens that the same request would have in JSON, so that {@link RecordReader} reads both. It knows
 * numbers from texts and lists from maps by the structure that will be read.
 */
final class FormTokens {
    private final String action;
    private final JsonGenerator out;

    private FormTokens(String action, JsonGenerator out) {
        this.action = action;
        this.out = out;
    }

    static JsonParser of(Form form, Structure action) throws IOException {
        try (TokenBuffer tokens = new TokenBuffer(null, false)) {
            new FormTokens(action.name(), tokens).structure(form, action);
            return tokens.asParser();
        }
    }

    private void structure(Form form, Structure structure) throws IOException {
        out.writeStartObject();
        for (Structure.Field field : structure.fields()) {
            String name = QueryNames.of(action, field.name());
            Form member = form.child(name);
            if (member != null) {
                out.writeFieldName(field.name());
                value(member, name, field.shape());
            }
        }
        out.writeEndObject();
    }

    private void value(Form form, String name, Shape shape) throws IOException {
        switch (shape) {
            case Shape.Scalar scalar -> scalar(form, name, scalar);
            case Shape.ListOf list -> list(form, name, list.element());
            case Shape.MapOf map -> map(form, name, map.value());
            case Structure structure -> structure(form, structure);
        }
    }

    private void scalar(Form form, String name, Shape.Scalar scalar) throws IOException {
        String text = form.value();
        if (text == null) {
            throw SqsError.SERIALIZATION.because("The parameter " + name + " must be " + scalar.description() + ".");
        }
        switch (scalar) {
            case TEXT, BINARY -> out.writeString(text);
            case INTEGER, LONG -> number(text);
            case BOOLEAN -> out.writeBoolean(Boolean.parseBoolean(text));
        }
    }

    /** What is no number stays a text, and is refused where a number in quotes is refused in JSON. */
    private void number(String text) throws IOException {
        try {
            out.writeNumber(Long.parseLong(text));
        } catch (NumberFormatException e) {
            out.writeString(text);
        }
    }

    private void list(Form form, String name, Shape element) throws IOException {
        out.writeStartArray();
        if (form.value() != null) {
            value(form, name, element); // "AttributeName=All", as the API reference writes it
        }
        for (Form entry : form.numbered()) {
            value(entry, name, element);
        }
        out.writeEndArray();
    }

    private void map(Form form, String name, Shape value) throws IOException {
        String keyName = QueryNames.key(name);
        out.writeStartObject();
        for (Form entry : form.numbered()) {
            String key = entry.text(keyName);
            Form content = entry.child(QueryNames.VALUE);
            if (key == null || content == null) {
                throw SqsError.MISSING_PARAMETER.because("Each " + name + " must have a " + keyName + " and a Value.");
            }
            out.writeFieldName(key);
            value(content, name, value);
        }
        out.writeEndObject();
    }
}
