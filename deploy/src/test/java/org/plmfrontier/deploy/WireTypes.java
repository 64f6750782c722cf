package org.plmfrontier.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedClassResolver;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.wire.WireFormat;

/** The records and sealed interfaces of contracts that messages are made of. */
final class WireTypes {
    private static final String CONTRACTS = "org.plmfrontier.contracts";
    private static final ObjectMapper MAPPER =
            WireFormat.configure(JsonMapper.builder()).build();

    private final Set<Class<?>> found = new TreeSet<>(Comparator.comparing(Class::getName));

    private WireTypes() {}

    /** The given types, what their components hold and what they permit, to the end. */
    static WireTypes reachableFrom(Class<?>... roots) {
        WireTypes types = new WireTypes();
        Arrays.stream(roots).forEach(types::add);
        return types;
    }

    private void add(Class<?> type) {
        boolean ours = type.getPackageName().startsWith(CONTRACTS) && (type.isRecord() || type.isSealed());
        if (!ours || !found.add(type)) {
            return;
        }
        if (type.isRecord()) {
            Arrays.stream(type.getRecordComponents())
                    .map(WireTypes::elementType)
                    .forEach(this::add);
        } else {
            Arrays.stream(type.getPermittedSubclasses()).forEach(this::add);
        }
    }

    /** The type of a component; of a list that of its elements. */
    static Class<?> elementType(RecordComponent component) {
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType list) {
            type = list.getActualTypeArguments()[list.getActualTypeArguments().length - 1];
        }
        return type instanceof Class<?> plain ? plain : component.getType();
    }

    boolean contains(Class<?> type) {
        return found.contains(type);
    }

    Stream<Class<?>> records() {
        return found.stream().filter(Class::isRecord);
    }

    /** Sealed types within a message; which event a record is stands in its header. */
    Stream<Class<?>> choices() {
        return found.stream().filter(type -> type.isSealed() && type != TrainingEvent.class);
    }

    /** The value of {@code kind} by which JSON tells a record from the others that its sealed type permits. */
    Optional<String> kind(Class<?> record) {
        return choices()
                .filter(type -> type.isAssignableFrom(record))
                .flatMap(type -> names(type).stream())
                .filter(named -> named.getType() == record && named.hasName())
                .map(NamedType::getName)
                .findFirst();
    }

    private static Set<NamedType> names(Class<?> type) {
        AnnotatedClass annotated = AnnotatedClassResolver.resolve(
                MAPPER.getSerializationConfig(), MAPPER.constructType(type), MAPPER.getSerializationConfig());
        return Set.copyOf(MAPPER.getSubtypeResolver()
                .collectAndResolveSubtypesByClass(MAPPER.getSerializationConfig(), annotated));
    }
}
