package dev.holdfast.queue.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.api.WholeNumber;
import java.io.IOException;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

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
            FormTokens fold = new FormTokens(action.name(), tokens);
            fold.refuseUnknownParts(form, action);
            fold.structure(form, action);
            return tokens.asParser();
        }
    }

    /**
     * Beside its members a request has parameters for signatures and versions, and from some clients others, which are
     * ignored as on Amazon SQS. What has parts is data, though, which would be lost without a word.
     */
    private void refuseUnknownParts(Form form, Structure action) {
        Set<String> known = spellings(action);
        for (String name : form.names()) {
            Form child = form.child(Set.of(name));
            if (!known.contains(name) && child != null && child.hasChildren()) {
                throw notUnderstood(name);
            }
        }
    }

    private Set<String> spellings(Structure structure) {
        Set<String> spellings = new HashSet<>();
        structure.fields().forEach(field -> spellings.addAll(QueryNames.spellings(action, field.name())));
        return spellings;
    }

    private SqsException notUnderstood(String name) {
        return SqsError.SERIALIZATION.because("The parameter " + name + " is not one that " + action + " understands.");
    }

    private void structure(Form form, Structure structure) throws IOException {
        out.writeStartObject();
        for (Structure.Field field : structure.fields()) {
            Form member = form.child(QueryNames.spellings(action, field.name()));
            if (member != null) {
                out.writeFieldName(field.name());
                value(member, QueryNames.of(action, field.name()), field.shape());
            }
        }
        out.writeEndObject();
    }

    private void value(Form form, String name, Shape shape) throws IOException {
        switch (shape) {
            case Shape.Scalar scalar -> scalar(form, name, scalar);
            case Shape.ListOf list -> list(form, name, list.element());
            case Shape.MapOf map -> map(form, name, map.value());
            case Structure structure -> {
                requireParts(form, name, spellings(structure));
                structure(form, structure);
            }
        }
    }

    /** A structure has these parts, and neither others nor a value of its own. */
    private void requireParts(Form form, String name, Set<String> known) {
        if (form.value() != null) {
            throw SqsError.SERIALIZATION.because("The parameter " + name + " must be a structure.");
        }
        for (String part : form.names()) {
            if (!known.contains(part)) {
                throw notUnderstood(name + "." + part);
            }
        }
    }

    private void scalar(Form form, String name, Shape.Scalar scalar) throws IOException {
        String text = form.value();
        if (text == null || form.hasChildren()) {
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
        OptionalLong number = WholeNumber.parse(text);
        if (number.isPresent()) {
            out.writeNumber(number.getAsLong());
        } else {
            out.writeString(text);
        }
    }

    private void list(Form form, String name, Shape element) throws IOException {
        out.writeStartArray();
        for (Form entry : form.elements()) {
            value(entry, name, element);
        }
        out.writeEndArray();
    }

    private void map(Form form, String name, Shape value) throws IOException {
        String keyName = QueryNames.key(name);
        out.writeStartObject();
        for (Form entry : form.elements()) {
            requireParts(entry, name, Set.of(keyName, QueryNames.VALUE));
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
