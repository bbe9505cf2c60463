package dev.holdfast.queue.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** What a value of the API looks like on the wire, derived from the Java type of a record component. */
sealed interface Shape permits Shape.Scalar, Shape.ListOf, Shape.MapOf, Structure {

    enum Scalar implements Shape {
        TEXT("a string", "a String"),
        INTEGER("an integer", "an Integer"),
        LONG("an integer", "a Long"),
        BOOLEAN("true or false", "a Boolean"),
        BINARY("a string in base64", "a Blob");

        private final String description;
        private final String typeName;

        Scalar(String description, String typeName) {
            this.description = description;
            this.typeName = typeName;
        }

        /** In Amazon's words for a value of a wrong type: "STRING_VALUE can not be converted to an Integer". */
        String typeName() {
            return typeName;
        }

        @Override
        public String description() {
            return description;
        }
    }

    record ListOf(Shape element) implements Shape {
        @Override
        public String description() {
            return "a list";
        }
    }

    record MapOf(Shape value) implements Shape {
        @Override
        public String description() {
            return "a map";
        }
    }

    /** How an error sentence names it: "… must be a list". */
    String description();

    static Shape of(Type type) {
        if (type == String.class) {
            return Scalar.TEXT;
        }
        if (type == Integer.class || type == int.class) {
            return Scalar.INTEGER;
        }
        if (type == Long.class || type == long.class) {
            return Scalar.LONG;
        }
        if (type == Boolean.class || type == boolean.class) {
            return Scalar.BOOLEAN;
        }
        if (type == byte[].class) {
            return Scalar.BINARY;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return new ListOf(of(generic.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return new MapOf(of(generic.getActualTypeArguments()[1]));
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return Structure.of(record);
        }
        throw new IllegalStateException("No wire shape for " + type.getTypeName());
    }
}
