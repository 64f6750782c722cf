package org.plmfrontier.runtime.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds a JSON tree against the components of a record. Not thread-safe. */
final class FieldCheck {
    private static final Pattern LOGIN = Pattern.compile("://[^/\\s\"]*@");
    private static final Pattern QUERY = Pattern.compile("(://[^\\s\"?]*)\\?[^\\s\"]*");
    private static final int LONGEST = 100;

    private final ObjectMapper mapper;
    private final ObjectReader reader;
    /** Knows no field by which kinds are told apart. */
    private final ObjectReader own;

    private final List<FieldProblem> problems;

    /**
     * A check.
     *
     * @param problems receives what is wrong
     */
    FieldCheck(ObjectMapper mapper, ObjectReader reader, List<FieldProblem> problems) {
        this.mapper = mapper;
        this.reader = reader;
        this.own = reader.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        this.problems = problems;
    }

    void check(String path, @Nullable JsonNode json, Class<?> type) {
        if (json == null || json.isMissingNode()) {
            add(path, "is empty", null, TypeNames.of(type));
        } else if (type.isRecord()) {
            record(path, json, type, Set.of());
        } else {
            Optional<Kinds> kinds = type.isInterface() ? Kinds.of(mapper, type) : Optional.empty();
            kinds.ifPresentOrElse(known -> kind(path, json, known), () -> leaf(path, json, type));
        }
    }

    private void record(String path, JsonNode json, Class<?> type, Set<String> beside) {
        if (!json.isObject()) {
            add(path, "must be a JSON object", json, TypeNames.of(type));
            return;
        }
        int before = problems.size();
        Set<String> names = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        json.properties().forEach(field -> {
            if (!names.contains(field.getKey()) && !beside.contains(field.getKey())) {
                unknown(join(path, field.getKey()), field.getKey(), field.getValue(), names);
            }
        });
        for (RecordComponent component : type.getRecordComponents()) {
            component(join(path, component.getName()), json.get(component.getName()), component.getAnnotatedType());
        }
        if (problems.size() == before) {
            construct(path, json, type);
        }
    }

    private void component(String path, @Nullable JsonNode json, AnnotatedType type) {
        if (json == null || json.isNull()) {
            if (!type.isAnnotationPresent(Nullable.class)) {
                add(path, json == null ? "is missing" : "must not be null", null, TypeNames.of(type.getType()));
            }
        } else if (type instanceof AnnotatedParameterizedType generic && isList(type.getType())) {
            elements(path, json, generic.getAnnotatedActualTypeArguments()[0]);
        } else if (type.getType() instanceof Class<?> plain) {
            check(path, json, plain);
        }
    }

    private void elements(String path, JsonNode json, AnnotatedType type) {
        if (!json.isArray()) {
            add(path, "must be a list", json, null);
            return;
        }
        for (int i = 0; i < json.size(); i++) {
            component(path + "[" + i + "]", json.get(i), type);
        }
    }

    private void kind(String path, JsonNode json, Kinds kinds) {
        String place = join(path, kinds.property());
        String allowed = "one of " + String.join(", ", kinds.byName().keySet());
        JsonNode name = json.get(kinds.property());
        if (!json.isObject()) {
            add(path, "must be a JSON object", json, "an object with the field " + kinds.property() + ", " + allowed);
        } else if (name == null) {
            add(place, "is missing", null, allowed);
        } else if (!kinds.byName().containsKey(name.asText())) {
            add(place, "is unknown", name, allowed);
        } else {
            record(path, json, Objects.requireNonNull(kinds.byName().get(name.asText())), Set.of(kinds.property()));
        }
    }

    private void leaf(String path, JsonNode json, Class<?> type) {
        if (JsonNode.class.isAssignableFrom(type)) {
            return;
        }
        try {
            Object value = reader.treeToValue(json, type);
            boolean infinite = value instanceof Double number && !Double.isFinite(number);
            if (infinite || value == null) {
                add(path, "is out of range", json, TypeNames.of(type));
            } else if (value instanceof String text && text.indexOf('\0') >= 0) {
                add(path, "holds the character NUL", json, "a text without it");
            }
        } catch (JsonProcessingException e) {
            problems.add(problem(path, json, type, e));
        }
    }

    /** The record's own checks; they stop at the first of its fields that cannot be. */
    private void construct(String path, JsonNode json, Class<?> type) {
        try {
            own.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            problems.add(problem(path, json, type, e));
        }
    }

    private void unknown(String path, String name, JsonNode given, Set<String> known) {
        String meant = NearestName.of(name, known)
                .map(one -> "is unknown; did you mean '" + one + "'?")
                .orElse("is unknown");
        add(path, meant, given, "one of the fields " + String.join(", ", known));
    }

    private void add(String path, String what, @Nullable JsonNode given, @Nullable String allowed) {
        problems.add(of(path, what, given, allowed));
    }

    private static FieldProblem of(String path, String what, @Nullable JsonNode given, @Nullable String allowed) {
        String shown = given == null ? null : shown(given);
        String subject = path.isEmpty() ? "the request" : path;
        return new FieldProblem(
                path,
                subject + " " + what + (shown == null ? "" : ", got " + shown)
                        + (allowed == null ? "" : "; allowed: " + allowed),
                shown,
                allowed);
    }

    /** What a failure to make a value says about the request, in no words of Java. */
    static FieldProblem problem(String path, @Nullable JsonNode json, Class<?> type, JsonProcessingException failure) {
        if (failure.getCause() instanceof IllegalArgumentException refused) {
            String sentence = String.valueOf(refused.getMessage());
            return new FieldProblem(field(path, sentence, type), sentence, null, null);
        }
        return of(path, "is of the wrong kind", json, TypeNames.of(type));
    }

    /** Records begin their sentences with the name of the component. */
    private static String field(String path, String sentence, Class<?> type) {
        String first = sentence.replaceFirst("\\W.*", "");
        return type.isRecord()
                        && Arrays.stream(type.getRecordComponents())
                                .anyMatch(component -> component.getName().equals(first))
                ? join(path, first)
                : path;
    }

    private static boolean isList(Type type) {
        return type instanceof ParameterizedType generic
                && generic.getRawType() instanceof Class<?> raw
                && Collection.class.isAssignableFrom(raw);
    }

    /** A value as it was given, but for what an address may carry of a login or a key. */
    private static String shown(JsonNode json) {
        String text = LOGIN.matcher(json.toString()).replaceAll("://***@");
        text = QUERY.matcher(text).replaceAll("$1?***");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
