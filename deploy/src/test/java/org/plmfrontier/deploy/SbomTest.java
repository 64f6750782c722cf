package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bills of materials against the jars that go into the images. The plugin has validated them by CycloneDX's schema. */
class SbomTest {
    private static final String OFFLINE =
            ": Maven writes the bill at package time, and leaves it out in an offline build";

    static Stream<String> services() {
        return Project.SERVICES.stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyShippedJarIsListedWithItsHash(String service) throws IOException {
        JsonNode bill = bill(service);
        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        Set<String> shipped = shipped(service);
        assertThat(shipped).as("jars in the image").hasSizeGreaterThan(100);
        assertThat(unlisted(shipped, bill)).isEmpty();
        assertThat(bill.path("components").valueStream())
                .allSatisfy(
                        component -> assertThat(component.path("purl").asText()).startsWith("pkg:maven/"))
                .filteredOn(component -> !component.path("group").asText().equals("org.plmfrontier"))
                .allSatisfy(component -> assertThat(component.path("hashes").findValuesAsText("alg"))
                        .contains("SHA-256"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void aJarThatNobodyDeclaredIsFound(String service) throws IOException {
        Set<String> shipped = shipped(service);
        shipped.add("com.example.smuggled-1.0.jar");
        assertThat(unlisted(shipped, bill(service))).containsExactly("com.example.smuggled-1.0.jar");
    }

    private static Set<String> unlisted(Set<String> shipped, JsonNode bill) {
        Set<String> unlisted = new TreeSet<>(shipped);
        unlisted.removeAll(files(bill));
        return unlisted;
    }

    private static JsonNode bill(String service) throws IOException {
        Path file = Project.ROOT.resolve(service).resolve("target/sbom.json");
        assumeTrue(Files.exists(file), file + " is missing" + OFFLINE);
        for (Path pom : List.of(
                Project.ROOT.resolve("pom.xml"), Project.ROOT.resolve(service).resolve("pom.xml"))) {
            boolean later = Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(pom)) > 0;
            assumeTrue(later, file + " is older than " + pom + OFFLINE);
        }
        return new ObjectMapper().readTree(file.toFile());
    }

    /** Names of jars as Quarkus gives them to the listed components: group, artifact, version, and classifier where there is one. */
    private static Set<String> files(JsonNode bill) {
        return bill.path("components")
                .valueStream()
                .map(component -> {
                    String purl = component.path("purl").asText();
                    String classifier = purl.replaceFirst(".*[?&]classifier=([^&]*).*", "-$1");
                    return component.path("group").asText() + "."
                            + component.path("name").asText() + "-"
                            + component.path("version").asText() + (classifier.equals(purl) ? "" : classifier) + ".jar";
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Jars in the image, wherever in it. */
    private static Set<String> shipped(String service) throws IOException {
        Path lib = Project.ROOT.resolve(service).resolve("target/quarkus-app/lib");
        try (Stream<Path> files = Files.walk(lib)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
