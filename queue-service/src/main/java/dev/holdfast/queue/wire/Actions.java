package dev.holdfast.queue.wire;

import dev.holdfast.queue.api.Request;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The actions by name, found through the sealed {@link Request}: to add an action, add its record there. */
final class Actions {
    private static final Map<String, Structure> BY_NAME = records(Request.class)
            .map(Structure::of)
            .collect(Collectors.toUnmodifiableMap(Structure::name, Function.identity()));

    private Actions() {}

    static @Nullable Structure named(String action) {
        return BY_NAME.get(action);
    }

    static Map<String, Structure> all() {
        return BY_NAME;
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(Actions::records);
    }
}
