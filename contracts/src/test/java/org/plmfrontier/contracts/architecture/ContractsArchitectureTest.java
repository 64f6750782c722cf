package org.plmfrontier.contracts.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.wire.WireThatKnowsJunit;

/** Allow-lists: what is not named here may not be used. */
class ContractsArchitectureTest {
    private static final String ROOT = "org.plmfrontier.contracts";

    private static final ArchRule DOMAIN_IS_JDK_ONLY = classes()
            .that()
            .resideOutsideOfPackages(ROOT + ".wire..", ROOT + ".builder..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + ".model..",
                    ROOT + ".token..",
                    ROOT + ".corpus..",
                    ROOT + ".recipe..",
                    ROOT + ".random..",
                    ROOT + ".masking..",
                    ROOT + ".evaluation..",
                    ROOT + ".job..",
                    ROOT + ".event..",
                    ROOT + ".topic..",
                    "java..",
                    "org.jspecify..");

    private static final ArchRule WIRE_KNOWS_ONE_LIBRARY = classes()
            .that()
            .resideInAPackage(ROOT + ".wire..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + "..", "com.fasterxml.jackson..", "java..", "org.jspecify..");

    private static final ArchRule BUILDERS_ARE_FOR_THE_COMPILER = classes()
            .that()
            .resideInAPackage(ROOT + ".builder..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".builder..", "io.soabase.recordbuilder.core..", "java..", "org.jspecify..");

    private final JavaClasses production = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void theDomainNeedsNothingButTheJdk() {
        DOMAIN_IS_JDK_ONLY.check(production);
    }

    @Test
    void onlyWireKnowsJson() {
        WIRE_KNOWS_ONE_LIBRARY.check(production);
    }

    @Test
    void buildersNeedOnlyTheirAnnotations() {
        BUILDERS_ARE_FOR_THE_COMPILER.check(production);
    }

    @Test
    void theRulesBite() {
        JavaClasses domain = new ClassFileImporter().importClasses(DomainThatKnowsJson.class);
        assertThat(DOMAIN_IS_JDK_ONLY.evaluate(domain).hasViolation()).isTrue();
        JavaClasses wire = new ClassFileImporter().importClasses(WireThatKnowsJunit.class);
        assertThat(WIRE_KNOWS_ONE_LIBRARY.evaluate(wire).hasViolation()).isTrue();
    }
}
