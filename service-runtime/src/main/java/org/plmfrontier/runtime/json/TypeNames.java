package org.plmfrontier.runtime.json;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What may stand in a field of a type, in words. */
final class TypeNames {
    private static final String WHOLE = "a whole number from ";
    private static final Map<Class<?>, String> NAMES = Map.of(
            int.class, WHOLE + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE,
            Integer.class, WHOLE + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE,
            long.class, WHOLE + Long.MIN_VALUE + " to " + Long.MAX_VALUE,
            Long.class, WHOLE + Long.MIN_VALUE + " to " + Long.MAX_VALUE,
            double.class, "a finite number",
            Double.class, "a finite number",
            boolean.class, "true or false",
            Boolean.class, "true or false",
            String.class, "a text");

    private TypeNames() {}

    /** In words; null for types of which nothing is known. */
    static @Nullable String of(Type type) {
        if (!(type instanceof Class<?> plain)) {
            return "a list";
        }
        if (plain.isEnum()) {
            return "one of "
                    + Arrays.stream(plain.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .collect(Collectors.joining(", "));
        }
        return plain.isRecord() ? "an object with the fields " + fields(plain) : NAMES.get(plain);
    }

    private static String fields(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.joining(", "));
    }
}
