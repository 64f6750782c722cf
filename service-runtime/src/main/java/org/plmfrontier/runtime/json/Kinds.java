package org.plmfrontier.runtime.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedClassResolver;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The kinds of a type that JSON tells apart by the name in a field.
 *
 * @param property the field
 * @param byName the records
 */
record Kinds(String property, Map<String, Class<?>> byName) {

    /** As the mapper reads the type; empty for a type without kinds. */
    static Optional<Kinds> of(ObjectMapper mapper, Class<?> type) {
        DeserializationConfig config = mapper.getDeserializationConfig();
        AnnotatedClass known = AnnotatedClassResolver.resolve(config, mapper.constructType(type), config);
        JsonTypeInfo.Value info = config.getAnnotationIntrospector().findPolymorphicTypeInfo(config, known);
        if (info == null || info.getPropertyName() == null) {
            return Optional.empty();
        }
        Map<String, Class<?>> byName = new TreeMap<>();
        for (NamedType kind : mapper.getSubtypeResolver().collectAndResolveSubtypesByClass(config, known)) {
            if (kind.hasName() && kind.getType().isRecord()) {
                byName.put(kind.getName(), kind.getType());
            }
        }
        return Optional.of(new Kinds(info.getPropertyName(), byName));
    }
}
