package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rendered object against the strict schema of its kind, and a broken one of each kind against it too. */
class SchemaTest {
    private static final String UNKNOWN = "unknownField";

    static Stream<String> overlays() {
        return Stream.concat(Manifests.OVERLAYS.stream(), Manifests.COMPONENTS.stream());
    }

    static List<String> kinds() {
        return Schemas.kinds();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyObjectFitsItsSchema(String overlay) {
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode object : Manifests.of(overlay).objects()) {
            assertThatCode(() -> Schemas.check(object)).doesNotThrowAnyException();
            counts.merge(Manifests.kind(object), 1, Integer::sum);
        }
        System.out.println(overlay + ": " + counts.size() + " kinds, " + counts);
        assertThat(counts).hasSizeGreaterThan(10);
    }

    @Test
    void everySchemaIsUsed() {
        assertThat(overlays()
                        .flatMap(overlay -> Manifests.of(overlay).objects().stream())
                        .map(Manifests::kind)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Schemas.kinds());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anUnknownFieldIsCaught(String kind) {
        ObjectNode broken = example(kind);
        ObjectNode place = broken.path("spec") instanceof ObjectNode spec ? spec : broken;
        place.put(UNKNOWN, 1);
        assertThatThrownBy(() -> Schemas.check(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aMissingFieldIsCaught(String kind) {
        ObjectNode broken = example(kind);
        String path = Objects.requireNonNull(Schemas.NEEDED.get(kind));
        int last = path.lastIndexOf('/');
        JsonNode parent = last == 0 ? broken : broken.at(path.substring(0, last));
        ((ObjectNode) parent).remove(path.substring(last + 1));
        assertThatThrownBy(() -> Schemas.check(broken)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aFieldDeepInAPodIsCaught() {
        ObjectNode broken = example("Deployment");
        ((ObjectNode) broken.at("/spec/template/spec/containers/0/readinessProbe/httpGet")).put("pfad", "/");
        assertThatThrownBy(() -> Schemas.check(broken)).hasMessageContaining("pfad");
    }

    @Test
    void aKindWithoutSchemaIsCaught() {
        ObjectNode broken = example("Service");
        broken.put("kind", "Servise");
        assertThatThrownBy(() -> Schemas.check(broken)).hasMessageContaining("no schema");
    }

    private static ObjectNode example(String kind) {
        return overlays()
                .flatMap(overlay -> Manifests.of(overlay).all(kind))
                .findFirst()
                .map(object -> (ObjectNode) object.deepCopy())
                .orElseThrow(() -> new AssertionError("no object of kind " + kind));
    }
}
