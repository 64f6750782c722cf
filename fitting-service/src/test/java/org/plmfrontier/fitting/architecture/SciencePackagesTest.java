package org.plmfrontier.fitting.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each package of the fitting core may depend on the packages named here, on the JDK's basics, and on nothing else. */
class SciencePackagesTest {
    private static final String ROOT = "org.plmfrontier.fitting.";

    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("quantity", List.of()),
            Map.entry("spline", List.of()),
            Map.entry("optimum", List.of()),
            Map.entry("law", List.of("quantity")),
            Map.entry("regression", List.of("quantity", "resample", "hipparchus")),
            Map.entry("resample", List.of("quantity", "hipparchus")),
            Map.entry("curve", List.of("quantity", "spline", "contracts")),
            Map.entry("envelope", List.of("quantity", "curve", "regression", "resample")),
            Map.entry("isoflop", List.of("quantity", "regression", "resample")),
            Map.entry("objective", List.of("optimum", "regression")),
            Map.entry("form", List.of("quantity", "law", "objective", "optimum")),
            Map.entry(
                    "parametric",
                    List.of("quantity", "law", "form", "objective", "optimum", "regression", "resample", "hipparchus")),
            Map.entry("repeated", List.of("quantity", "law", "optimum", "parametric", "resample")),
            Map.entry("plateau", List.of("quantity", "curve", "regression", "resample", "contracts", "hipparchus")),
            Map.entry("forecast", List.of("quantity", "form", "objective", "optimum", "hipparchus")),
            Map.entry("comparison", List.of("quantity", "forecast")),
            Map.entry("usefulness", List.of("quantity", "regression", "resample", "hipparchus")),
            Map.entry("frontier", List.of("quantity", "curve", "envelope")),
            Map.entry("catalog", List.of("quantity", "curve", "frontier", "streams", "contracts")),
            Map.entry("table", List.of("contracts", "quantity", "patterns")),
            Map.entry(
                    "analysis",
                    List.of(
                            "quantity",
                            "curve",
                            "envelope",
                            "frontier",
                            "isoflop",
                            "law",
                            "form",
                            "parametric",
                            "plateau",
                            "regression",
                            "repeated",
                            "table")));

    private static final Map<String, String> OUTSIDE = Map.of(
            "contracts", "org.plmfrontier.contracts..",
            "hipparchus", "org.hipparchus..",
            "patterns", "java.util.regex",
            "streams", "java.[io|nio.charset]");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.plmfrontier.fitting");
    private static final JavaClasses FIXTURES =
            new ClassFileImporter().importPackages("org.plmfrontier.fitting.architecture.fixture");

    private static ArchRule dependencies(String root, String name) {
        String[] allowed = Stream.concat(
                        Stream.of(
                                root + name,
                                "java.lang..",
                                "java.util",
                                "java.util.function",
                                "java.util.stream",
                                "org.jspecify.."),
                        ALLOWED.get(name).stream().map(other -> OUTSIDE.getOrDefault(other, ROOT + other)))
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(root + name)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(allowed).and(not(resideInAPackage("java.lang.management"))));
    }

    private static ArchRule determinism(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callConstructor(SplittableRandom.class);
    }

    static Stream<String> packages() {
        return ALLOWED.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageDependsOnWhatIsNamedAndNothingElse(String name) {
        dependencies(ROOT, name).check(MAIN);
    }

    @Test
    void nothingReadsAClockOrDrawsWithoutASeed() {
        determinism(packages().map(name -> ROOT + name).toArray(String[]::new)).check(MAIN);
    }

    @Test
    void theRulesCatchTheClassesThatBreakThem() {
        String fixtures = ROOT + "architecture.fixture.";
        assertThatThrownBy(() -> dependencies(fixtures, "law").check(FIXTURES))
                .hasMessageContaining("LawThatLogs")
                .hasMessageContaining("java.util.logging");
        assertThatThrownBy(() -> dependencies(fixtures, "envelope").check(FIXTURES))
                .hasMessageContaining("EnvelopeThatJudges")
                .hasMessageContaining("plateau");
        assertThatThrownBy(() -> determinism(fixtures + "envelope").check(FIXTURES))
                .hasMessageContaining("EnvelopeThatJudges");
    }

    @Test
    void everyListedPackageExists() {
        assertThat(packages())
                .allSatisfy(name -> assertThat(MAIN.containPackage(ROOT + name)).isTrue());
    }
}
