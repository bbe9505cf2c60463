package dev.holdfast.queue.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.api.StrictBase64;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Binds a stream of JSON tokens to a record, driven by its {@link Structure}. Unknown members are skipped, null means
 * absent; a wrong type, a member given twice and a missing required member are refused with a sentence that names it.
 */
final class RecordReader {
    private static final Object ABSENT_LIST = List.of();
    private static final Object ABSENT_MAP = Map.of();

    private RecordReader() {}

    /** Reads the whole input: one object and nothing behind it. */
    static Object readOnly(JsonParser in, Structure structure) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw SqsError.SERIALIZATION.because("The request must be one JSON object.");
        }
        Object record = structure(in, structure);
        if (in.nextToken() != null) {
            throw SqsError.SERIALIZATION.because("There is something behind the end of the request's JSON object.");
        }
        return record;
    }

    private static Object structure(JsonParser in, Structure structure) throws IOException {
        @Nullable Object[] values = new @Nullable Object[structure.fields().size()];
        long seen = 0;
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            Structure.Field field = structure.field(name);
            JsonToken token = in.nextToken();
            if (field == null) {
                in.skipChildren();
                continue;
            }
            long bit = 1L << field.index();
            if ((seen & bit) != 0) {
                throw SqsError.SERIALIZATION.because(path(in) + " is given twice.");
            }
            seen |= bit;
            if (token != JsonToken.VALUE_NULL) {
                values[field.index()] = value(in, token, field.shape());
            }
        }
        for (Structure.Field field : structure.fields()) {
            if (values[field.index()] == null) {
                values[field.index()] = absent(in, field);
            }
        }
        return structure.make(values);
    }

    private static @Nullable Object absent(JsonParser in, Structure.Field field) {
        if (field.required()) {
            String parent = path(in);
            throw SqsError.MISSING_PARAMETER.because("The request must contain the parameter "
                    + (parent.isEmpty() ? "" : parent + ".") + field.name() + ".");
        }
        return switch (field.shape()) {
            case Shape.ListOf list -> ABSENT_LIST;
            case Shape.MapOf map -> ABSENT_MAP;
            case Shape.Scalar scalar -> null;
            case Structure structure -> null;
        };
    }

    private static Object value(JsonParser in, JsonToken token, Shape shape) throws IOException {
        return switch (shape) {
            case Shape.Scalar scalar -> scalar(in, token, scalar);
            case Shape.ListOf list -> {
                require(token == JsonToken.START_ARRAY, in, shape);
                yield list(in, list.element());
            }
            case Shape.MapOf map -> {
                require(token == JsonToken.START_OBJECT, in, shape);
                yield map(in, map.value());
            }
            case Structure structure -> {
                require(token == JsonToken.START_OBJECT, in, shape);
                yield structure(in, structure);
            }
        };
    }

    private static Object scalar(JsonParser in, JsonToken token, Shape.Scalar scalar) throws IOException {
        boolean right = switch (scalar) {
            case TEXT, BINARY -> token == JsonToken.VALUE_STRING;
            case INTEGER, LONG -> token == JsonToken.VALUE_NUMBER_INT;
            case BOOLEAN -> token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE;
        };
        if (!right) {
            throw SqsError.SERIALIZATION.because(notConvertible(token, scalar));
        }
        return switch (scalar) {
            case TEXT -> in.getText();
            case INTEGER -> integer(in);
            case LONG -> wholeNumber(in);
            case BOOLEAN -> token == JsonToken.VALUE_TRUE;
            case BINARY -> binary(in);
        };
    }

    private static Integer integer(JsonParser in) throws IOException {
        long number = wholeNumber(in);
        if (number != (int) number) {
            throw SqsError.SERIALIZATION.because(path(in) + " is out of the range of an integer.");
        }
        return (int) number;
    }

    private static Long wholeNumber(JsonParser in) throws IOException {
        JsonParser.NumberType type = in.getNumberType();
        if (type != JsonParser.NumberType.INT && type != JsonParser.NumberType.LONG) {
            throw SqsError.SERIALIZATION.because(path(in) + " is out of the range of an integer.");
        }
        return in.getLongValue();
    }

    private static byte[] binary(JsonParser in) throws IOException {
        byte[] bytes = StrictBase64.STANDARD.decode(in.getText());
        if (bytes == null) {
            throw SqsError.SERIALIZATION.because(path(in) + " must be a string in base64.");
        }
        return bytes;
    }

    private static List<Object> list(JsonParser in, Shape element) throws IOException {
        List<Object> list = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            list.add(value(in, token, element));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, Object> map(JsonParser in, Shape value) throws IOException {
        // In the order given: a client is told of the first entry that is wrong.
        Map<String, Object> map = new LinkedHashMap<>();
        for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
            if (map.put(key, value(in, in.nextToken(), value)) != null) {
                throw SqsError.SERIALIZATION.because(path(in) + " is given twice.");
            }
        }
        return Collections.unmodifiableMap(map);
    }

    /** In Amazon's words, which do not say where. */
    private static String notConvertible(JsonToken token, Shape.Scalar scalar) {
        String given = switch (token) {
            case START_ARRAY -> "Start of list";
            case START_OBJECT -> "Start of structure or map";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "NUMBER_VALUE";
            default -> token.name().substring(token.name().indexOf('_') + 1) + "_VALUE"; // STRING, TRUE, FALSE, NULL
        };
        return token.isStructStart()
                ? given + " found where not expected."
                : given + " can not be converted to " + scalar.typeName();
    }

    private static void require(boolean right, JsonParser in, Shape shape) {
        if (!right) {
            throw wrongType(in, shape);
        }
    }

    private static SqsException wrongType(JsonParser in, Shape shape) {
        return SqsError.SERIALIZATION.because(path(in) + " must be " + shape.description() + ".");
    }

    /** Where the parser stands, in AWS's notation: "Entries.1.MessageBody", counted from one. */
    private static String path(JsonParser in) {
        JsonStreamContext context = in.getParsingContext();
        JsonToken token = in.currentToken();
        boolean atStart = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        StringBuilder path = new StringBuilder();
        for (JsonStreamContext at = atStart ? context.getParent() : context; at != null; at = at.getParent()) {
            String step = at.inArray() ? String.valueOf(at.getCurrentIndex() + 1) : at.getCurrentName();
            if (step != null) {
                path.insert(0, path.isEmpty() ? step : step + ".");
            }
        }
        return path.toString();
    }
}
