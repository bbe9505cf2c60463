package dev.holdfast.queue.wire;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.holdfast.queue.api.Member;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A record of the API as the wire sees it: its members by name, a way to make one, and a way to read one. Reflection ends
 * here: each class is looked at once, afterwards only method handles run.
 */
final class Structure implements Shape {
    private static final Map<Class<?>, Structure> KNOWN = new ConcurrentHashMap<>();

    private final String name;
    private final List<Field> fields;
    private final Map<String, Field> byName = new HashMap<>();
    private final MethodHandle constructor;

    /** One member: its name on the wire and in what order it stands in the record. */
    record Field(
            int index, String name, SerializedString jsonName, Shape shape, boolean required, MethodHandle accessor) {

        /** The member's value in the record, null when there is nothing to write: null itself, an empty list or map. */
        @Nullable Object of(Object record) {
            Object value;
            try {
                value = (Object) accessor.invokeExact(record);
            } catch (Throwable e) {
                throw new IllegalStateException("Cannot read " + name + " of " + record.getClass(), e);
            }
            boolean empty = switch (value) {
                case List<?> list -> list.isEmpty();
                case Map<?, ?> map -> map.isEmpty();
                case null, default -> false;
            };
            return empty ? null : value;
        }
    }

    static Structure of(Class<?> record) {
        // Not computeIfAbsent: a structure inside a structure would update the map recursively.
        Structure known = KNOWN.get(record);
        if (known == null) {
            known = new Structure(record);
            KNOWN.put(record, known);
        }
        return known;
    }

    private Structure(Class<?> record) {
        name = record.getSimpleName();
        RecordComponent[] components = record.getRecordComponents();
        fields = IntStream.range(0, components.length)
                .mapToObj(i -> field(i, components[i]))
                .toList();
        fields.forEach(field -> byName.put(field.name(), field));
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            constructor = MethodHandles.publicLookup()
                    .findConstructor(record, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No public constructor: " + record, e);
        }
    }

    private static Field field(int index, RecordComponent component) {
        String name = wireName(component);
        Shape shape = Shape.of(component.getGenericType());
        boolean required = shape instanceof Shape.Scalar || shape instanceof Structure;
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        try {
            MethodHandle accessor = MethodHandles.publicLookup()
                    .unreflect(component.getAccessor())
                    .asType(MethodType.methodType(Object.class, Object.class));
            return new Field(index, name, new SerializedString(name), shape, required && !nullable, accessor);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Not public: " + component, e);
        }
    }

    private static String wireName(RecordComponent component) {
        Member renamed = component.getAnnotation(Member.class);
        String name = component.getName();
        return renamed != null ? renamed.value() : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** The record's simple name; for a request this is the action. */
    String name() {
        return name;
    }

    List<Field> fields() {
        return fields;
    }

    @Nullable Field field(String wireName) {
        return byName.get(wireName);
    }

    /** A record of these values, which stand in the order of the fields. */
    Object make(@Nullable Object[] values) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (Throwable e) {
            throw new IllegalStateException("Cannot make a " + name, e);
        }
    }

    @Override
    public String description() {
        return "a structure";
    }
}
