package org.plmfrontier.fitting.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know which; a package that is not listed may not exist. */
class ArchitectureTest {
    private static final String BASE = "org.plmfrontier.fitting";
    private static final String FIXTURE = BASE + ".architecture.fixture";
    /** The fitting core; {@link SciencePackagesTest} says which of these may know which. */
    private static final List<String> SCIENCE = List.of(
            "analysis",
            "catalog",
            "comparison",
            "curve",
            "envelope",
            "forecast",
            "form",
            "frontier",
            "isoflop",
            "law",
            "objective",
            "optimum",
            "parametric",
            "plateau",
            "quantity",
            "regression",
            "repeated",
            "resample",
            "spline",
            "table",
            "usefulness");

    /** Packages named after a noun of the domain: plain Java, and of this module only what is named here. */
    private static final Map<String, List<String>> PURE = Map.of(
            "study", List.of("curve"),
            "progress", List.of("study"),
            "prediction", List.of("study", "curve", "forecast", "quantity"),
            "textfile", List.of("table"),
            "tracking", List.of("table", "textfile"),
            "intake", List.of("analysis", "curve", "parametric", "study", "table"),
            "live", with("study", SCIENCE),
            "publication", with("study", with("live", with("intake", with("progress", with("prediction", SCIENCE))))));

    /** Packages named after a technology: leaves, so none of them knows another. */
    private static final Map<String, List<String>> ADAPTERS = Map.of(
            "db", List.of("study", "intake", "curve", "table"),
            "kafka", List.of("study", "progress", "prediction", "publication"),
            "metrics",
                    List.of("study", "progress", "prediction", "live", "analysis", "envelope", "plateau", "quantity"),
            "http",
                    List.of(
                            "study",
                            "progress",
                            "prediction",
                            "live",
                            "intake",
                            "analysis",
                            "publication",
                            "curve",
                            "table",
                            "textfile"));

    private static final List<String> PLAIN = List.of(
            "java..",
            "org.jspecify..",
            "org.plmfrontier.contracts..",
            "org.plmfrontier.runtime.retry",
            "org.hipparchus..",
            "org.apache.commons..");

    /** What of a technology a pure package may name: a view says how its parts stand in JSON. */
    private static final Map<String, List<String>> ANNOTATIONS =
            Map.of("publication", List.of("com.fasterxml.jackson.annotation.."));

    private static final List<String> TECHNOLOGY = List.of(
            "jakarta..",
            "io.quarkus..",
            "io.smallrye..",
            "io.agroal..",
            "io.vertx..",
            "org.postgresql..",
            "io.micrometer..",
            "org.eclipse.microprofile..",
            "org.apache.kafka..",
            "org.jboss..",
            "org.plmfrontier.runtime..",
            "com.fasterxml.jackson..");

    /** Knows both sides. */
    private static final String WIRING = "wiring";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);

    private static Stream<String> pure() {
        return PURE.keySet().stream().sorted();
    }

    private static Stream<String> adapters() {
        return ADAPTERS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("pure")
    void aPurePackageKnowsPlainJavaAndWhatIsNamed(String name) {
        pureRule(BASE, name).check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void anAdapterKnowsNoOtherAdapter(String name) {
        adapterRule(BASE, name).check(MAIN);
    }

    @Test
    void everyPackageIsListed() {
        Set<String> found = MAIN.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.substring(BASE.length() + 1))
                .collect(Collectors.toSet());
        Set<String> listed = new HashSet<>(PURE.keySet());
        listed.add(WIRING);
        listed.addAll(ADAPTERS.keySet());
        listed.addAll(SCIENCE);
        assertThat(listed).containsAll(found);
    }

    @Test
    void theRulesCatchClassesThatBreakThem() {
        JavaClasses broken = new ClassFileImporter().importPackages(FIXTURE);
        assertThat(pureRule(FIXTURE, "study")
                        .evaluate(broken)
                        .getFailureReport()
                        .getDetails())
                .anyMatch(detail -> detail.contains("StudyThatPolls") && detail.contains("KafkaConsumer"));
        assertThat(adapterRule(FIXTURE, "http")
                        .evaluate(broken)
                        .getFailureReport()
                        .getDetails())
                .anyMatch(detail -> detail.contains("ResourceThatKnowsTheDatabase"));
    }

    private static ArchRule pureRule(String base, String name) {
        List<String> outside = new ArrayList<>(PLAIN);
        outside.addAll(ANNOTATIONS.getOrDefault(name, List.of()));
        return rule(base, name, PURE.getOrDefault(name, List.of()), outside);
    }

    private static ArchRule adapterRule(String base, String name) {
        List<String> outside = new ArrayList<>(PLAIN);
        outside.addAll(TECHNOLOGY);
        return rule(base, name, ADAPTERS.getOrDefault(name, List.of()), outside);
    }

    private static ArchRule rule(String base, String name, List<String> inside, List<String> outside) {
        List<String> allowed = new ArrayList<>(outside);
        allowed.add(base + "." + name);
        inside.forEach(other -> allowed.add(base + "." + other));
        return classes()
                .that()
                .resideInAPackage(base + "." + name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new));
    }

    private static List<String> with(String one, List<String> others) {
        return Stream.concat(Stream.of(one), others.stream()).toList();
    }
}
