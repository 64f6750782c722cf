package org.plmfrontier.runtime.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know what; one that is not listed may not exist. */
class RuntimeArchitectureTest {
    private static final String ROOT = "org.plmfrontier.runtime";
    private static final List<String> PLAIN = List.of("java..", "org.jspecify..");
    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("access", List.of(ROOT + ".digest")),
            Map.entry("digest", List.of()),
            Map.entry("disk", List.of()),
            Map.entry("request", List.of(ROOT + ".digest")),
            Map.entry("retry", List.of()),
            Map.entry("turn", List.of()),
            Map.entry("json", List.of("com.fasterxml.jackson..")),
            Map.entry(
                    "openapi",
                    List.of(
                            ROOT + ".http",
                            ROOT + ".json",
                            "com.fasterxml.jackson..",
                            "io.quarkus.smallrye.openapi..",
                            "org.eclipse.microprofile.openapi..")),
            Map.entry("process", List.of(ROOT + ".access", ROOT + ".retry", "io.quarkus..")),
            Map.entry("health", List.of(ROOT + ".access", ROOT + ".retry", "jakarta..", "org.eclipse.microprofile..")),
            Map.entry(
                    "http",
                    List.of(
                            ROOT + ".disk",
                            ROOT + ".request",
                            ROOT + ".turn",
                            ROOT + ".json",
                            ROOT + ".access",
                            "com.fasterxml.jackson..",
                            "io.quarkus..",
                            "io.smallrye.config..",
                            "io.vertx..",
                            "jakarta..",
                            "org.eclipse.microprofile..",
                            "org.jboss..")));

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void aPackageKnowsWhatIsListed() {
        ALLOWED.keySet().forEach(name -> rule(ROOT, name).check(MAIN));
    }

    @Test
    void everyPackageIsListed() {
        Set<String> found = MAIN.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
    }

    @Test
    void theRulesCatchAClassThatBreaksThem() {
        JavaClasses broken = new ClassFileImporter().importPackages(ROOT + ".architecture.broken");
        assertThat(rule(ROOT + ".architecture.broken", "request")
                        .evaluate(broken)
                        .getFailureReport()
                        .getDetails())
                .anyMatch(detail -> detail.contains("RuleThatKnowsTheServer") && detail.contains("HttpServerRequest"));
    }

    private static ArchRule rule(String root, String name) {
        String[] allowed = Stream.of(List.of(root + "." + name), PLAIN, ALLOWED.getOrDefault(name, List.of()))
                .flatMap(List::stream)
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(root + "." + name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
